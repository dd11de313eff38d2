package dev.acktask.operator.alibaba.credentials;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An access key, with a security token when STS issued it.
 *
 * <p>Created by {@link #parse} only, so each instance is safe to put into an HTTP header. Never
 * printed, not even the id, which identifies an account's user.
 */
public final class Credential {
  /** Characters; the longest known keys have 30. */
  private static final int MAX_KEY = 256;

  /** Characters; known STS tokens have up to 2,000. */
  private static final int MAX_TOKEN = 16_384;

  /** The parts of a credential, with their names in messages and in Secrets. */
  enum Part {
    ACCESS_KEY_ID("access key id", "accessKeyId"),
    ACCESS_KEY_SECRET("access key secret", "accessKeySecret"),
    SECURITY_TOKEN("security token", "securityToken");

    private final String title;
    private final String key;

    Part(String title, String key) {
      this.title = title;
      this.key = key;
    }

    /** The key of a Secret, and the file of a mounted one. */
    String key() {
      return key;
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
   * Validates a credential. Strips white space at both ends, because files and Secrets often end in
   * a newline.
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
   * As {@link #parse(String, String, String)}, with names that say where a part is configured.
   *
   * @param name the part's name in a message, after "The"
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

  public String accessKeyId() {
    return accessKeyId;
  }

  public String accessKeySecret() {
    return accessKeySecret;
  }

  public @Nullable String securityToken() {
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
