package dev.acktask.e2e.connections;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The YAML of a connection whose budget limits nothing. */
public final class ConnectionYaml {
  private final String kind;
  private final String metadata;
  private final Map<String, String> spec = new TreeMap<>();

  private ConnectionYaml(String kind, String metadata) {
    this.kind = kind;
    this.metadata = metadata;
    with("requestsPerMinute", "60000").with("burst", "1000");
  }

  /** An AckConnection, which needs credentials. */
  public static ConnectionYaml namespaced(String namespace, String name, String regionId) {
    return new ConnectionYaml(
            "AckConnection", "{namespace: %s, name: %s}".formatted(namespace, name))
        .with("regionId", regionId);
  }

  /** A ClusterAckConnection with the operator's own identity. */
  public static ConnectionYaml cluster(String name, String regionId) {
    return new ConnectionYaml("ClusterAckConnection", "{name: %s}".formatted(name))
        .with("regionId", regionId);
  }

  /**
   * Sets a field of the spec.
   *
   * @param value in YAML's flow style
   */
  public ConnectionYaml with(String field, String value) {
    spec.put(field, value);
    return this;
  }

  /** Sets the credentials. */
  public ConnectionYaml withSecret(String name) {
    return with("credentials", "{secretRef: {name: %s}}".formatted(name));
  }

  @Override
  public String toString() {
    return """
        apiVersion: acktask.dev/v1alpha1
        kind: %s
        metadata: %s
        spec: {%s}
        """
        .formatted(
            kind,
            metadata,
            spec.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining(", ")));
  }
}
