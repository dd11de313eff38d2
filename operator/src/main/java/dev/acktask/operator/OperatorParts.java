package dev.acktask.operator;

import dev.acktask.operator.connection.controller.ConnectionControllers;
import dev.acktask.operator.connection.controller.ConnectionTaskCounter;
import dev.acktask.operator.controller.ControllerSettings;
import dev.acktask.operator.discovery.controller.DiscoveryControllers;
import dev.acktask.operator.gate.controller.GateControllers;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.polling.TaskPoller;

/**
 * The wired parts of the operator that are started, watched and measured.
 *
 * @param cloud calls of all connections
 * @param counter counts the AckTasks of each connection
 * @param reconciles those under way, of all kinds
 * @param kinds the controllers
 */
record OperatorParts(
    CloudClients cloud,
    TaskPoller poller,
    ConnectionTaskCounter counter,
    ReconcileTracker reconciles,
    Kinds kinds) {
  /** The controller of each kind. */
  record Kinds(
      ControllerSettings tasks,
      ConnectionControllers connections,
      DiscoveryControllers discoveries,
      GateControllers gates) {}
}
