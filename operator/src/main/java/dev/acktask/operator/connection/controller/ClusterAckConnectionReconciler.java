package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.kubernetes.StatusStore;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Follows the ClusterAckConnections. */
@ControllerConfiguration(name = ClusterAckConnectionReconciler.NAME)
final class ClusterAckConnectionReconciler extends ConnectionReconciler<ClusterAckConnection> {
  /** The name of the controller in the metrics and logs of the framework. */
  static final String NAME = "clusterackconnection";

  ClusterAckConnectionReconciler(
      ConnectionResolver connections,
      ConnectionReporting reporting,
      StatusStore<ClusterAckConnection, ConnectionStatus> store) {
    super(connections, reporting, store);
  }
}
