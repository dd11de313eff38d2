package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The Secret that a connection names, as {@code namespace/name}. */
final class NamedSecrets {
  private NamedSecrets() {}

  /**
   * The Secret of an AckConnection, which is in its namespace, or of a ClusterAckConnection.
   *
   * @param operatorNamespace where the Secrets of ClusterAckConnections are
   */
  static Optional<String> of(JsonNode connection, String operatorNamespace) {
    String namespace = connection.at("/metadata/namespace").asText(operatorNamespace);
    return Optional.ofNullable(connection.at("/spec/credentials/secretRef/name").textValue())
        .map(name -> namespace + "/" + name);
  }
}
