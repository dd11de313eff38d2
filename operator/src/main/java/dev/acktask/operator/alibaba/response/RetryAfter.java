package dev.acktask.operator.alibaba.response;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;

/**
 * The pause that the cloud requests before the next request. It is not documented which of these
 * headers the API sends, so each one that a vendor tool understands is read; malformed values are
 * ignored.
 */
final class RetryAfter {
  /** Also for zero and past dates: they still ask to slow down. */
  private static final Duration MIN_PAUSE = Duration.ofSeconds(1);

  /** Equals the longest pause of the operator's backoff. */
  private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern TIME_LEFT =
      Pattern.compile("(?:^|,)\\s*TimeLeft\\s*:\\s*([0-9]+)\\s*(?:,|$)");

  private final InstantSource clock;

  RetryAfter(InstantSource clock) {
    this.clock = clock;
  }

  Optional<Duration> from(HttpFields headers) {
    return first(headers, "x-acs-retry-after")
        .flatMap(RetryAfter::millis)
        .or(() -> rateLimit(headers))
        .or(() -> first(headers, "retry-after").flatMap(this::secondsOrDate))
        .map(RetryAfter::clamp);
  }

  /**
   * {@code Limit:1,Remain:0,TimeLeft:2000,Reset:1234}, per API and per user: the longer pause
   * counts.
   */
  private static Optional<Duration> rateLimit(HttpFields headers) {
    return Stream.of("x-ratelimit-user-api", "x-ratelimit-user")
        .flatMap(name -> first(headers, name).stream())
        .map(TIME_LEFT::matcher)
        .filter(Matcher::find)
        .flatMap(match -> millis(match.group(1)).stream())
        .max(Duration::compareTo);
  }

  private static Optional<String> first(HttpFields headers, String name) {
    return Optional.ofNullable(headers.get(name));
  }

  private static Optional<Duration> millis(String text) {
    return number(text).map(Duration::ofMillis);
  }

  private Optional<Duration> secondsOrDate(String text) {
    return number(text).map(Duration::ofSeconds).or(() -> untilDate(text.strip()));
  }

  private Optional<Duration> untilDate(String text) {
    try {
      Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(clock.instant(), date));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Not negative; above 12 digits the exact value does not matter. */
  private static Optional<Long> number(String text) {
    String digits = text.strip();
    if (!DIGITS.matcher(digits).matches()) {
      return Optional.empty();
    }
    return Optional.of(digits.length() > 12 ? MAX_PAUSE.toMillis() : Long.parseLong(digits));
  }

  private static Duration clamp(Duration pause) {
    if (pause.compareTo(MIN_PAUSE) < 0) {
      return MIN_PAUSE;
    }
    return pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
  }
}
