package dev.acktask.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only moves when a test advances it. */
public final class SteppedClock implements InstantSource {
  private volatile Instant now;

  public SteppedClock(Instant start) {
    now = start;
  }

  public void advance(Duration step) {
    now = now.plus(step);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
