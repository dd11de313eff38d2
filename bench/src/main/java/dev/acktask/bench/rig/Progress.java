package dev.acktask.bench.rig;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Tells people what the benchmark is at, and waits. */
public final class Progress {
  private static final long GLANCE_MILLIS = 50;
  private static final long SPEAK_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final long began = System.nanoTime();

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Says one line, with the seconds since the benchmark began. */
  public void say(String what) {
    out.printf(Locale.ROOT, "[%6.1f s] %s%n", (System.nanoTime() - began) / 1e9, what);
  }

  /**
   * Waits until {@code left} is 0.
   *
   * @param what has to become none
   * @throws IllegalStateException when there are still some after {@code atMost}
   */
  public void untilNone(String what, IntSupplier left, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    long speak = System.nanoTime() + SPEAK_NANOS;
    for (int some = left.getAsInt(); some > 0; some = left.getAsInt()) {
      long now = System.nanoTime();
      if (now >= end) {
        throw new IllegalStateException("still %,d %s after %s".formatted(some, what, atMost));
      }
      if (now >= speak) {
        say("  %,d %s".formatted(some, what));
        speak = now + SPEAK_NANOS;
      }
      rest(GLANCE_MILLIS);
    }
  }

  /** Lets time pass: what is measured is what happens in it. */
  public void pass(String what, Duration time) {
    say("%s, %.0f s".formatted(what, time.toMillis() / 1e3));
    until(System.nanoTime() + time.toNanos());
  }

  /** Waits until a moment of the monotonic clock, in nanoseconds. */
  public void until(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      rest(left / 1_000_000 + 1);
    }
  }

  private static void rest(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
