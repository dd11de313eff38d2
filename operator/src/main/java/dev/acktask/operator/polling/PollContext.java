package dev.acktask.operator.polling;

import dev.acktask.operator.decision.PollSchedule;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What the pollers of all connections share.
 *
 * @param nanoTime a monotonic clock such as {@link System#nanoTime}
 */
public record PollContext(
    PollSchedule schedule,
    ObservationCache observations,
    ListedPages pages,
    Clock clock,
    LongSupplier nanoTime) {}
