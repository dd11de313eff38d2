package dev.acktask.operator.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StageTimeParserTest {
  private static final StageTimeParser SHANGHAI = new StageTimeParser(ZoneId.of("Asia/Shanghai"));
  private static final StageTimeParser BERLIN = new StageTimeParser(ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2026-01-02 10:50:00,       2026-01-02T02:50:00Z",
    "2026-01-02T10:50:00,       2026-01-02T02:50:00Z",
    "2026-01-02 10:50:00.25,    2026-01-02T02:50:00.25Z",
    "2026-01-02T10:50:00+01:00, 2026-01-02T09:50:00Z",
    "1767322200,                2026-01-02T02:50:00Z",
  })
  void shouldReadATimeInTheConfiguredZoneUnlessItHasAnOffset(String raw, Instant instant) {
    assertEquals(Optional.of(instant), SHANGHAI.instant(raw));
    assertEquals(Optional.of(instant), SHANGHAI.instant(" " + raw + "\n"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "yesterday",
        "2026-02-30 10:00:00",
        "2026-01-02 24:00:01",
        "2026-01-02",
        "10:50:00",
        "2026-01-02  10:50:00",
        "2026-01-02 10:50:00 CST",
        "20260102105000",
        "99999999999-01-01 00:00:00",
        "２０２６-01-02 10:50:00",
        "0000-00-00 00:00:00",
      })
  void shouldRejectOtherTexts(String raw) {
    assertEquals(Optional.empty(), SHANGHAI.instant(raw));
  }

  @ParameterizedTest
  @ValueSource(ints = {41, 1_000_000})
  void shouldRejectALongTextQuickly(int length) {
    assertEquals(Optional.empty(), SHANGHAI.instant("2026-01-02 10:50:00." + "1".repeat(length)));
  }

  @ParameterizedTest
  @CsvSource({"2026-03-29 02:30:00", "2026-10-25 02:30:00"})
  void shouldRejectTimesInClockChanges(String raw) {
    assertEquals(Optional.empty(), BERLIN.instant(raw));
    assertEquals(true, SHANGHAI.instant(raw).isPresent());
  }
}
