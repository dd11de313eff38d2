package dev.acktask.operator.alibaba;

import java.time.Duration;

/** The end of a call as a whole, on the monotonic clock. */
final class Deadline {
  private final long atNanos;

  private Deadline(long atNanos) {
    this.atNanos = atNanos;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Nanoseconds left; zero or negative after the deadline. */
  long remainingNanos() {
    return atNanos - System.nanoTime();
  }
}
