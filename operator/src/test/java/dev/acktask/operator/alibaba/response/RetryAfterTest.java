package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest(name = "{0}: {1} is {2} ms")
  @Tag("F40")
  @CsvSource(
      delimiter = '|',
      value = {
        "x-acs-retry-after | 2500 | 2500",
        "X-Acs-Retry-After | 2500 | 2500",
        "x-acs-retry-after | 0 | 1000",
        "x-acs-retry-after | 86400000 | 300000",
        "x-acs-retry-after | 99999999999999999999999999 | 300000",
        "x-acs-retry-after | -1 |",
        "x-acs-retry-after | 1.5 |",
        "x-acs-retry-after | soon |",
        "x-acs-retry-after | '' |",
        "x-acs-retry-after | ٣٠٠٠ |",
        "retry-after | 30 | 30000",
        "retry-after | 0 | 1000",
        "retry-after | 86400 | 300000",
        "retry-after | -5 |",
        "retry-after | Fri, 02 Jan 2026 03:05:05 GMT | 60000",
        "retry-after | Fri, 02 Jan 2026 03:00:00 GMT | 1000",
        "retry-after | Fri, 02 Jan 2099 03:00:00 GMT | 300000",
        "retry-after | Fri, 99 Jan 2026 03:00:00 GMT |",
        "x-ratelimit-user | Limit:1,Remain:0,TimeLeft:2000,Reset:1234 | 2000",
        "x-ratelimit-user | TimeLeft:-1 |",
        "x-ratelimit-user | Limit:1 |"
      })
  void shouldReadOnlyValidHeaders(String header, String value, Long millis) {
    assertEquals(
        Optional.ofNullable(millis).map(Duration::ofMillis), retryAfter(Map.of(header, value)));
  }

  @Test
  void shouldTakeTheLongerOfTheTwoLimits() {
    assertEquals(
        Optional.of(Duration.ofSeconds(9)),
        retryAfter(
            Map.of("x-ratelimit-user-api", "TimeLeft:2000", "x-ratelimit-user", "TimeLeft:9000")));
  }

  @Test
  void shouldUseTheNextHeaderWhenTheFirstIsMalformed() {
    assertEquals(
        Optional.of(Duration.ofSeconds(7)),
        retryAfter(Map.of("x-acs-retry-after", "garbage", "retry-after", "7")));
  }

  @Test
  void shouldBeEmptyWithoutAHeader() {
    assertEquals(Optional.empty(), retryAfter(Map.of()));
  }

  private static Optional<Duration> retryAfter(Map<String, String> headers) {
    HttpFields.Mutable fields = HttpFields.build();
    headers.forEach(fields::add);
    return new RetryAfter(() -> NOW).from(fields);
  }
}
