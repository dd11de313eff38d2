package dev.acktask.operator.text;

import java.time.Duration;
import java.util.Optional;

/**
 * The duration syntax of the Kubernetes Gateway API (GEP-2257), for example {@code 15s}, {@code
 * 1m30s} or {@code 500ms}: familiar to users of Kubernetes, and unambiguous.
 */
public final class GepDuration {
  /** The accepted texts, as the CRD spells it. */
  public static final String PATTERN = "^([0-9]{1,5}(h|m|s|ms)){1,4}$";

  private static final int MOST_PARTS = 4;
  private static final int MOST_DIGITS = 5;

  private GepDuration() {}

  /**
   * The duration of {@code text}; empty if malformed. Implements {@link #PATTERN} by hand, because
   * it runs at every reconcile.
   */
  public static Optional<Duration> parse(String text) {
    long millis = 0;
    int at = 0;
    for (int part = 0; at < text.length(); part++) {
      int digits = at;
      long count = 0;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        count = 10 * count + text.charAt(at++) - '0';
        if (at - digits > MOST_DIGITS) {
          return Optional.empty();
        }
      }
      long unit = unit(text, at);
      if (part == MOST_PARTS || at == digits || unit == 0) {
        return Optional.empty();
      }
      millis += count * unit;
      at += unit == 1 ? 2 : 1;
    }
    return at == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  /** Milliseconds of the unit at {@code at}, or 0 when there is none. */
  private static long unit(String text, int at) {
    if (text.startsWith("ms", at)) {
      return 1;
    }
    return switch (at < text.length() ? text.charAt(at) : ' ') {
      case 'h' -> 3_600_000;
      case 'm' -> 60_000;
      case 's' -> 1_000;
      default -> 0;
    };
  }

  /** {@code duration} in this syntax, at millisecond precision: {@code 90 s} as {@code 1m30s}. */
  public static String format(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text.append(count).append(unit);
    }
  }
}
