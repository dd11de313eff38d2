package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * Value of the label {@code connection}: {@code namespace/name} of an AckConnection, the name of a
 * ClusterAckConnection, or one in parentheses, which no object can have.
 */
public final class ConnectionLabel {
  /** The connection of the operator's own configuration. */
  public static final String BUILT_IN = "(built-in)";

  /** All connections without separate series. */
  public static final String OTHER = "(other)";

  private ConnectionLabel() {}

  /** Of the object with this metadata. */
  static String of(ObjectMeta meta) {
    return of(meta.getNamespace(), meta.getName());
  }

  /** Of the connection that a status names; empty without one. */
  static String of(AckTaskStatus.@Nullable Connection connection) {
    if (connection == null) {
      return "";
    }
    return AckTaskStatus.Connection.BUILT_IN.equals(connection.kind())
        ? BUILT_IN
        : of(connection.namespace(), connection.name());
  }

  private static String of(@Nullable String namespace, @Nullable String name) {
    String named = name == null ? "" : name;
    return namespace == null || namespace.isEmpty() ? named : namespace + "/" + named;
  }
}
