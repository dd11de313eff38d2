package dev.acktask.operator.alibaba.credentials;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** A clock that moves only when a test advances it; fetches run on the thread of the caller. */
final class TestTime {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private volatile Instant now = START;

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  Timing timing() {
    return new Timing(this::now, this::nanos, Runnable::run, new Random(1));
  }

  /** Near the end of the range, so that it overflows. */
  long nanos() {
    return Long.MAX_VALUE - 1 + Duration.between(START, now).toNanos();
  }
}
