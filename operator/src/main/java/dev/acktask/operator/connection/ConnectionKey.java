package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;

/**
 * Names a connection.
 *
 * @param namespace of an AckConnection; empty for the other kinds
 * @param name empty for the built-in one
 */
public record ConnectionKey(Kind kind, String namespace, String name) {

  /** The kinds of connections. */
  public enum Kind {
    /** The connection of the operator's own configuration. */
    BUILT_IN(AckTaskStatus.Connection.BUILT_IN),
    NAMESPACED(AckConnection.KIND),
    CLUSTER(ClusterAckConnection.KIND);

    private final String apiName;

    Kind(String apiName) {
      this.apiName = apiName;
    }

    /** The name in the API, for example {@code AckConnection}. */
    public String apiName() {
      return apiName;
    }
  }

  /** The connection of the operator's own configuration. */
  public static final ConnectionKey BUILT_IN = new ConnectionKey(Kind.BUILT_IN, "", "");

  /** The connection of AckTasks that name none, if it exists. */
  public static final ConnectionKey DEFAULT = cluster(ClusterAckConnection.DEFAULT_NAME);

  /** An AckConnection. */
  public static ConnectionKey namespaced(String namespace, String name) {
    return new ConnectionKey(Kind.NAMESPACED, namespace, name);
  }

  /** A ClusterAckConnection. */
  public static ConnectionKey cluster(String name) {
    return new ConnectionKey(Kind.CLUSTER, "", name);
  }

  /**
   * Unique text for metrics and thread names: {@code (built-in)}, a name, or {@code
   * namespace/name}.
   */
  public String label() {
    return switch (kind) {
      case BUILT_IN -> "(built-in)"; // no object can have this name
      case NAMESPACED -> namespace + "/" + name;
      case CLUSTER -> name;
    };
  }

  /** For messages, for example {@code AckConnection team-a/production}. */
  @Override
  public String toString() {
    return kind == Kind.BUILT_IN ? "the built-in connection" : kind.apiName() + " " + label();
  }
}
