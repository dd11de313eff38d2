package dev.acktask.operator;

import dev.acktask.operator.connection.controller.ConnectionControllers;
import dev.acktask.operator.connection.controller.ConnectionTaskCounter;
import dev.acktask.operator.controller.ControllerSettings;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.polling.TaskPoller;

/**
 * The wired parts of the operator that are started, watched and measured.
 *
 * @param cloud calls of all connections
 * @param counter counts the AckTasks of each connection
 * @param reconciles those under way, of all kinds
 */
record OperatorParts(
    CloudClients cloud,
    TaskPoller poller,
    ConnectionTaskCounter counter,
    ReconcileTracker reconciles,
    ControllerSettings tasks,
    ConnectionControllers connections) {}
