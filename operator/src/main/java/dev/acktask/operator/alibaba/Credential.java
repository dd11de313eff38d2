package dev.acktask.operator.alibaba;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An access key, with a security token when STS issued it.
 *
 * <p>Built by {@link #parse} only, so that whatever holds one can put it into an HTTP header. Never
 * printed: not even the id, which names an account's user.
 */
public final class Credential {
  /** Characters; the longest keys seen have 30. */
  private static final int MAX_KEY = 256;

  /** Characters; STS tokens seen have up to 2,000. */
  private static final int MAX_TOKEN = 16_384;

  /** The parts of a credential, as messages call them. */
  enum Part {
    ACCESS_KEY_ID("access key id"),
    ACCESS_KEY_SECRET("access key secret"),
    SECURITY_TOKEN("security token");

    private final String title;

    Part(String title) {
      this.title = title;
    }
  }

  private final String accessKeyId;
  private final String accessKeySecret;
  private final @Nullable String securityToken;

  private Credential(String accessKeyId, String accessKeySecret, @Nullable String securityToken) {
    this.accessKeyId = accessKeyId;
    this.accessKeySecret = accessKeySecret;
    this.securityToken = securityToken;
  }

  /**
   * Checks what a person or STS provided. White space at the ends is dropped, because files and
   * Secrets tend to end in a newline.
   *
   * @param securityToken null or blank for a long-term key
   */
  public static CredentialLookup parse(
      @Nullable String accessKeyId,
      @Nullable String accessKeySecret,
      @Nullable String securityToken) {
    return parse(accessKeyId, accessKeySecret, securityToken, part -> part.title);
  }

  /**
   * As {@link #parse(String, String, String)}, with names of the parts that say where they are.
   *
   * @param name what the message calls a part, after "The"
   */
  static CredentialLookup parse(
      @Nullable String accessKeyId,
      @Nullable String accessKeySecret,
      @Nullable String securityToken,
      Function<Part, String> name) {
    String id = strip(accessKeyId);
    String secret = strip(accessKeySecret);
    String token = strip(securityToken);
    if (id.isEmpty() || secret.isEmpty()) {
      Part part = id.isEmpty() ? Part.ACCESS_KEY_ID : Part.ACCESS_KEY_SECRET;
      return new CredentialLookup.Missing(
          "The "
              + name.apply(part)
              + " is missing or empty. Provide both parts of the access key.");
    }
    if (isBad(id, MAX_KEY) || isBad(secret, MAX_KEY) || isBad(token, MAX_TOKEN)) {
      Part part =
          isBad(id, MAX_KEY)
              ? Part.ACCESS_KEY_ID
              : isBad(secret, MAX_KEY) ? Part.ACCESS_KEY_SECRET : Part.SECURITY_TOKEN;
      return new CredentialLookup.Invalid(
          "The "
              + name.apply(part)
              + " is too long, or holds white space or characters outside printable ASCII."
              + " Copy it again from the RAM console.");
    }
    return new CredentialLookup.Ready(new Credential(id, secret, token.isEmpty() ? null : token));
  }

  private static String strip(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  private static boolean isBad(String text, int maxLength) {
    return text.length() > maxLength || !text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  String accessKeyId() {
    return accessKeyId;
  }

  String accessKeySecret() {
    return accessKeySecret;
  }

  @Nullable String securityToken() {
    return securityToken;
  }

  boolean isSameAs(Credential other) {
    return accessKeyId.equals(other.accessKeyId)
        && accessKeySecret.equals(other.accessKeySecret)
        && Objects.equals(securityToken, other.securityToken);
  }

  @Override
  public String toString() {
    return "Credential[***]";
  }
}
