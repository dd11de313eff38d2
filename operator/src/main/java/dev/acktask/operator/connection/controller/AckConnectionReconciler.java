package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.kubernetes.StatusStore;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Follows the AckConnections. */
@ControllerConfiguration(name = AckConnectionReconciler.NAME)
final class AckConnectionReconciler extends ConnectionReconciler<AckConnection> {
  /** The name of the controller in the metrics and logs of the framework. */
  static final String NAME = "ackconnection";

  AckConnectionReconciler(
      ConnectionResolver connections,
      ConnectionReporting reporting,
      StatusStore<AckConnection, ConnectionStatus> store) {
    super(connections, reporting, store);
  }
}
