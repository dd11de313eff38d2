package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.identity.SecretSource.SecretLookup;
import dev.acktask.operator.text.BoundedText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Secret that holds the access key of a connection. Messages name it and what to correct.
 *
 * <p>They say "named" before its name: a word with digits that directly follows "Secret" is masked
 * in a status, because it can be a key.
 */
record AccessKeySecret(String namespace, String name) {
  /** Bytes; the longest part, a security token, has at most 16,384 characters. */
  private static final int MAX_BYTES = 32_768;

  /**
   * The start of types that Kubernetes, its bootstrap and Helm use for tokens, certificates and
   * releases. An access key in such a Secret is a mistake, or an attempt to use a Secret that was
   * not made for this.
   */
  private static final List<String> REFUSED_TYPES =
      List.of("kubernetes.io/", "bootstrap.kubernetes.io/", "helm.sh/", "helm.toolkit.fluxcd.io/");

  /** The access key in the Secret, or why there is none. */
  CredentialLookup parse(SecretLookup lookup) {
    return switch (lookup) {
      case SecretLookup.Present present -> parse(present);
      case SecretLookup.NotFound none ->
          new CredentialLookup.Missing(
              "There is no Secret named %s in namespace %s. Create it with the keys accessKeyId and"
                      .formatted(name, namespace)
                  + " accessKeySecret, or correct secretRef in the connection.");
      case SecretLookup.Forbidden no ->
          new CredentialLookup.Missing(
              ("The operator may not read the Secret named %1$s in namespace %2$s. Give its"
                      + " ServiceAccount the right to get secrets with the resourceNames [%1$s], by a"
                      + " Role and a RoleBinding in namespace %2$s.")
                  .formatted(name, namespace));
      case SecretLookup.Unavailable none ->
          new CredentialLookup.Missing(
              "The " + this + " cannot be read: the Kubernetes API server gave no answer.");
    };
  }

  private CredentialLookup parse(SecretLookup.Present secret) {
    if (REFUSED_TYPES.stream().anyMatch(secret.type()::startsWith)) {
      return new CredentialLookup.Invalid(
          "The "
              + this
              + " is of type "
              + BoundedText.quoted(secret.type())
              + ", which is not meant for access keys. Put the key into a Secret of type Opaque.");
    }
    Map<Credential.Part, String> texts = new EnumMap<>(Credential.Part.class);
    for (Credential.Part part : Credential.Part.values()) {
      byte @Nullable [] value = secret.data().get(part.key());
      if (value != null && value.length > MAX_BYTES) {
        return new CredentialLookup.Invalid(
            "The " + title(part) + " is too large for a part of an access key.");
      }
      String text = value == null ? "" : decode(value);
      if (text == null) {
        return new CredentialLookup.Invalid("The " + title(part) + " is not text in UTF-8.");
      }
      texts.put(part, text);
    }
    return Credential.parse(
        texts.get(Credential.Part.ACCESS_KEY_ID),
        texts.get(Credential.Part.ACCESS_KEY_SECRET),
        texts.get(Credential.Part.SECURITY_TOKEN),
        this::title);
  }

  private String title(Credential.Part part) {
    return "key " + part.key() + " of the " + this;
  }

  private static @Nullable String decode(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException binary) {
      return null;
    }
  }

  /** How messages name it. */
  @Override
  public String toString() {
    return "Secret named " + name + " in namespace " + namespace;
  }
}
