package dev.acktask.operator.kubernetes;

import dev.acktask.operator.identity.SecretSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads Secrets from the API server, each by a GET of its name. Logs nothing: an exception of the
 * client may quote an answer.
 */
public final class KubernetesSecrets implements SecretSource {
  private final KubernetesClient client;

  /**
   * @param client from {@link KubernetesClients#forIdentities}; never that of the informers, which
   *     keeps short strings
   */
  public KubernetesSecrets(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public SecretLookup read(String namespace, String name) {
    if (!ObjectName.isValid(namespace, name)) {
      return new SecretLookup.NotFound();
    }
    try {
      Secret secret = client.secrets().inNamespace(namespace).withName(name).require();
      return isNamed(secret, namespace, name)
          ? new SecretLookup.Present(
              Optional.ofNullable(secret.getType()).orElse(""), decode(secret.getData()))
          : new SecretLookup.Unavailable();
    } catch (RuntimeException failure) {
      return switch (ApiRefusal.of(failure)) {
        case NOT_FOUND -> new SecretLookup.NotFound();
        case FORBIDDEN -> new SecretLookup.Forbidden();
        case NONE -> new SecretLookup.Unavailable();
      };
    }
  }

  /** A cache or a proxy may answer with another object. */
  private static boolean isNamed(Secret secret, String namespace, String name) {
    return secret.getMetadata() != null
        && name.equals(secret.getMetadata().getName())
        && namespace.equals(secret.getMetadata().getNamespace());
  }

  private static Map<String, byte[]> decode(@Nullable Map<String, String> data) {
    Map<String, byte[]> decoded = new HashMap<>();
    if (data != null) {
      data.forEach((key, value) -> decoded.put(key, Base64.getDecoder().decode(value)));
    }
    return decoded;
  }
}
