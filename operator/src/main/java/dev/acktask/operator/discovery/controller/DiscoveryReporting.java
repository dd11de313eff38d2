package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.kubernetes.EventRecorder;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What all discoveries share.
 *
 * @param connections resolves the default connection of AckTasks
 * @param isLeader false once another replica may be the leader
 * @param nanoTime a monotonic clock such as {@link System#nanoTime}
 */
public record DiscoveryReporting(
    ConnectionResolver connections,
    EventRecorder events,
    BooleanSupplier isLeader,
    ReconcileGuard guard,
    Clock clock,
    LongSupplier nanoTime) {}
