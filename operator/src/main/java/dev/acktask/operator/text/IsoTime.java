package dev.acktask.operator.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Parses ISO 8601 times with an offset, as {@link OffsetDateTime#parse} does. The usual form, whole
 * seconds with {@code Z} or an offset of hours and minutes, is read without a formatter: that costs
 * a hundredth, and lists and caches have thousands of times.
 */
public final class IsoTime {
  private static final String FORM = "dddd-dd-ddTdd:dd:dd";
  private static final String OFFSET_FORM = "dd:dd";

  private IsoTime() {}

  /**
   * The instant of {@code text}.
   *
   * @throws DateTimeException if it is not such a time
   */
  public static Instant parse(String text) {
    Instant usual = usual(text);
    return usual == null ? OffsetDateTime.parse(text).toInstant() : usual;
  }

  /** The instant of a time in the usual form; null for any other text. */
  private static @Nullable Instant usual(String text) {
    if (!matches(FORM, text, 0)) {
      return null;
    }
    try {
      ZoneOffset offset = offset(text);
      return offset == null
          ? null
          : LocalDateTime.of(
                  number(text, 0, 4),
                  number(text, 5, 2),
                  number(text, 8, 2),
                  number(text, 11, 2),
                  number(text, 14, 2),
                  number(text, 17, 2))
              .toInstant(offset);
    } catch (DateTimeException outOfRange) {
      return null;
    }
  }

  private static @Nullable ZoneOffset offset(String text) {
    int start = FORM.length();
    if (text.length() == start + 1 && text.charAt(start) == 'Z') {
      return ZoneOffset.UTC;
    }
    if (text.length() != start + 1 + OFFSET_FORM.length()
        || !matches(OFFSET_FORM, text, start + 1)) {
      return null;
    }
    int hours = number(text, start + 1, 2);
    int minutes = number(text, start + 4, 2);
    return switch (text.charAt(start)) {
      case '+' -> ZoneOffset.ofHoursMinutes(hours, minutes);
      case '-' -> ZoneOffset.ofHoursMinutes(-hours, -minutes);
      default -> null;
    };
  }

  /** True if {@code text} has the form at {@code start}; {@code d} is a digit. */
  private static boolean matches(String form, String text, int start) {
    if (text.length() < start + form.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char c = text.charAt(start + i);
      char expected = form.charAt(i);
      if (expected == 'd' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int start, int digits) {
    int number = 0;
    for (int i = start; i < start + digits; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
