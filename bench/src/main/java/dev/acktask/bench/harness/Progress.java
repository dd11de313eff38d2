package dev.acktask.bench.harness;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Prints progress lines and waits. */
public final class Progress {
  private static final long CHECK_INTERVAL_MILLIS = 50;
  private static final long REPORT_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private final long began = System.nanoTime();

  public Progress(PrintStream out) {
    this.out = out;
  }

  /** Prints a line with the seconds since the start. */
  public void say(String what) {
    out.printf(Locale.ROOT, "[%6.1f s] %s%n", (System.nanoTime() - began) / 1e9, what);
  }

  /**
   * Waits until {@code left} is 0.
   *
   * @param what the counted things, for progress lines
   * @throws IllegalStateException when that takes longer than {@code atMost}
   */
  public void untilNone(String what, IntSupplier left, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    long nextReport = System.nanoTime() + REPORT_INTERVAL_NANOS;
    for (int some = left.getAsInt(); some > 0; some = left.getAsInt()) {
      long now = System.nanoTime();
      if (now >= end) {
        throw new IllegalStateException("still %,d %s after %s".formatted(some, what, atMost));
      }
      if (now >= nextReport) {
        say("  %,d %s".formatted(some, what));
        nextReport = now + REPORT_INTERVAL_NANOS;
      }
      sleep(CHECK_INTERVAL_MILLIS);
    }
  }

  /** Waits for {@code time}, the length of a measurement. */
  public void pass(String what, Duration time) {
    say("%s, %.0f s".formatted(what, time.toMillis() / 1e3));
    until(System.nanoTime() + time.toNanos());
  }

  /** Waits until a moment of the monotonic clock, in nanoseconds. */
  public void until(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      sleep(left / 1_000_000 + 1);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
