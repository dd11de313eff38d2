package dev.acktask.operator.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of the API: digits since the epoch (13: milliseconds, 10: seconds), then ISO 8601
 * with an offset. A time without a zone is never interpreted, because no source documents its zone.
 */
public final class CloudTime {
  private static final Pattern MILLIS = Pattern.compile("[0-9]{13}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{10}");
  private static final Instant TOO_LATE = Instant.parse("9999-01-01T00:00:00Z");

  private CloudTime() {}

  /** The instant of {@code raw}; null if absent, malformed or implausible. */
  public static @Nullable Instant instant(@Nullable String raw) {
    String text = raw == null ? "" : raw.strip();
    if (MILLIS.matcher(text).matches()) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    if (SECONDS.matcher(text).matches()) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    if (text.length() > 40) {
      return null;
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return plausible(instant) ? instant : null;
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  /** Excludes placeholders such as year 1, and times that RFC 3339 cannot express. */
  private static boolean plausible(Instant instant) {
    return instant.isAfter(Instant.EPOCH) && instant.isBefore(TOO_LATE);
  }
}
