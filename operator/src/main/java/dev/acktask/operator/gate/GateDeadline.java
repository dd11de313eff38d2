package dev.acktask.operator.gate;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a gate that waits is overdue.
 *
 * @param time null for never
 */
record GateDeadline(@Nullable Instant time) {
  /** The gate is never overdue. */
  static final GateDeadline NONE = new GateDeadline(null);

  /**
   * {@code limit} after the creation of the gate.
   *
   * @param created null if unknown
   * @param limit null without one
   */
  static GateDeadline of(@Nullable Instant created, @Nullable Duration limit) {
    return created == null || limit == null ? NONE : new GateDeadline(created.plus(limit));
  }

  /** True if {@code verdict} was to come before {@code now}. */
  boolean isExceeded(GateVerdict verdict, Instant now) {
    return verdict.isWaiting() && time != null && !now.isBefore(time);
  }

  /** Time until a gate that waits is overdue; null if it is, or never will be. */
  @Nullable Duration untilExceeded(GateVerdict verdict, Instant now) {
    return verdict.isWaiting() && time != null && now.isBefore(time)
        ? Duration.between(now, time)
        : null;
  }

  /** For the condition. */
  String message() {
    return time == null ? "" : "The gate was to be open by " + time.truncatedTo(SECONDS) + ".";
  }
}
