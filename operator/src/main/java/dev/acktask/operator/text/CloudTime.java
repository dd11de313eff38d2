package dev.acktask.operator.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of the API: digits since the epoch (13: milliseconds, 10: seconds), then ISO 8601
 * with an offset. A time without a zone is never interpreted, because no source documents its zone.
 */
public final class CloudTime {
  private static final Pattern MILLIS = Pattern.compile("[0-9]{13}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{10}");

  /** Longer than any valid time. */
  private static final int MAX_LENGTH = 40;

  private static final Instant TOO_LATE = Instant.parse("9999-01-01T00:00:00Z");

  private CloudTime() {}

  /** The instant of {@code raw}; null if absent, malformed or implausible. */
  public static @Nullable Instant instant(@Nullable String raw) {
    Instant instant = written(raw);
    return instant == null || isPlaceholder(instant) ? null : instant;
  }

  /**
   * The instant of {@code raw} as written, also if it is implausible: good enough for an order.
   * Null if absent or malformed.
   */
  public static @Nullable Instant written(@Nullable String raw) {
    if (raw == null) {
      return null;
    }
    String text = raw.strip();
    if (MILLIS.matcher(text).matches()) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    if (SECONDS.matcher(text).matches()) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    try {
      return text.length() > MAX_LENGTH ? null : IsoTime.parse(text);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  /** True for values such as year 1, and for times that RFC 3339 cannot express. */
  private static boolean isPlaceholder(Instant instant) {
    return !instant.isAfter(Instant.EPOCH) || !instant.isBefore(TOO_LATE);
  }
}
