package dev.acktask.operator.alibaba;

import dev.acktask.operator.http.Headers;
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

/**
 * How long the cloud asks to wait before the next request. Which of these headers the product sends
 * is not documented, so each that a vendor tool understands is read; nonsense is no hint.
 */
final class RetryHint {
  /** A hint of zero is a request to slow down all the same. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The longest pause of the operator's own backoff as well. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern TIME_LEFT =
      Pattern.compile("(?:^|,)\\s*TimeLeft\\s*:\\s*([0-9]+)\\s*(?:,|$)");

  private final InstantSource clock;

  RetryHint(InstantSource clock) {
    this.clock = clock;
  }

  Optional<Duration> from(Headers headers) {
    return headers
        .first("x-acs-retry-after")
        .flatMap(RetryHint::millis)
        .or(() -> rateLimit(headers))
        .or(() -> headers.first("retry-after").flatMap(this::secondsOrDate))
        .map(RetryHint::clamp);
  }

  /** {@code Limit:1,Remain:0,TimeLeft:2000,Reset:1234}, per API and per user: the longer counts. */
  private static Optional<Duration> rateLimit(Headers headers) {
    return Stream.of("x-ratelimit-user-api", "x-ratelimit-user")
        .flatMap(name -> headers.first(name).stream())
        .map(TIME_LEFT::matcher)
        .filter(Matcher::find)
        .flatMap(match -> millis(match.group(1)).stream())
        .max(Duration::compareTo);
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

  /** Not negative; what is too long for a pause anyway needs no exact value. */
  private static Optional<Long> number(String text) {
    String digits = text.strip();
    if (!DIGITS.matcher(digits).matches()) {
      return Optional.empty();
    }
    return Optional.of(digits.length() > 12 ? LONGEST.toMillis() : Long.parseLong(digits));
  }

  private static Duration clamp(Duration hint) {
    if (hint.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return hint.compareTo(LONGEST) > 0 ? LONGEST : hint;
  }
}
