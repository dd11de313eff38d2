package dev.acktask.operator.decision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why an unfinished task may be late.
 *
 * @param deadline when it becomes overdue; null without a deadline
 * @param slowness null unless it takes longer than usual
 */
record Lateness(@Nullable Instant deadline, @Nullable Slowness slowness) {}
