package dev.acktask.operator.gate.controller;

import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.kubernetes.EventRecorder;
import java.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * What the status of all gates is made with.
 *
 * @param isLeader false once another replica may be the leader
 */
public record GateReporting(
    EventRecorder events, BooleanSupplier isLeader, ReconcileGuard guard, Clock clock) {}
