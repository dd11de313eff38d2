package dev.acktask.operator.connection.controller;

import dev.acktask.operator.connection.ConnectionEvaluator;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.kubernetes.EventRecorder;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What the status of all connections is made with.
 *
 * @param tasks counts the AckTasks of each connection
 * @param isLeader false once another replica may be the leader
 */
public record ConnectionReporting(
    ConnectionEvaluator evaluator,
    ConnectionTaskCounter tasks,
    EventRecorder events,
    BooleanSupplier isLeader,
    ReconcileGuard guard,
    Clock clock) {}
