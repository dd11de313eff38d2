package dev.acktask.e2e.connections;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;

/** Secrets that are not in a cluster yet, without names. */
final class Secrets {
  private Secrets() {}

  static Secret ofText(Map<String, String> values) {
    return new SecretBuilder().withNewMetadata().endMetadata().withStringData(values).build();
  }

  static Secret ofBytes(Map<String, byte[]> values) {
    SecretBuilder secret = new SecretBuilder().withNewMetadata().endMetadata();
    values.forEach(
        (key, value) -> secret.addToData(key, Base64.getEncoder().encodeToString(value)));
    return secret.build();
  }

  /** As a cluster stores the token of a ServiceAccount. */
  static Secret ofServiceAccount(Map<String, String> values) {
    return ofText(values)
        .edit()
        .withType("kubernetes.io/service-account-token")
        .editMetadata()
        .addToAnnotations("kubernetes.io/service-account.name", "default")
        .endMetadata()
        .build();
  }
}
