package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.FakeConnections;
import java.util.Objects;
import java.util.Random;

/** The connection of the object of a {@link ModelWorld}. */
final class ModelConnection {
  static final ConnectionRef REF = new ConnectionRef(ClusterAckConnection.KIND, "model");

  private static final ConnectionKey KEY = ConnectionKey.cluster("model");

  private final FakeConnections connections;
  private String cause;
  private int version;

  ModelConnection(FakeConnections connections) {
    this.connections = connections;
    create();
  }

  /** Another connection, because it is created again or edited. */
  void create() {
    cause = null;
    version++;
    connections.create(KEY);
  }

  /** Another version or state of the object, not always an effective one. */
  void change(Random random) {
    String before = cause;
    cause =
        RandomSpec.one(
            random,
            "ConnectionNotFound",
            "ConnectionSuspended",
            "ConnectionNotAllowed",
            "ConnectionInvalid",
            null,
            null,
            null);
    version += cause == null || !Objects.equals(before, cause) ? 1 : 0;
    switch (cause) {
      case null -> connections.create(KEY);
      case "ConnectionNotFound" -> connections.delete(KEY);
      case "ConnectionSuspended" -> connections.suspend(KEY);
      case "ConnectionNotAllowed" -> connections.restrict(KEY);
      default -> connections.invalidate(KEY);
    }
  }

  /** Counts the effective changes. */
  int version() {
    return version;
  }

  /** The reason of Synced while it cannot be used; else null. */
  String cause() {
    return cause;
  }

  @Override
  public String toString() {
    return cause == null ? "version " + version : cause;
  }
}
