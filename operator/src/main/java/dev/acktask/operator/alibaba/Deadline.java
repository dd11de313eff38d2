package dev.acktask.operator.alibaba;

import java.time.Duration;

/** A point on the monotonic clock by which a whole call is over, whatever it is doing then. */
final class Deadline {
  private final long atNanos;

  private Deadline(long atNanos) {
    this.atNanos = atNanos;
  }

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** Nanoseconds that are left; zero or less when it has passed. */
  long remainingNanos() {
    return atNanos - System.nanoTime();
  }
}
