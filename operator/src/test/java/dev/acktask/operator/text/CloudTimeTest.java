package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudTimeTest {
  @ParameterizedTest
  @Tag("F30")
  @CsvSource({
    "2020-11-10T16:02:04+08:00, 2020-11-10T08:02:04Z",
    "2026-06-01T10:00:00Z, 2026-06-01T10:00:00Z",
    "2022-08-03T10:12:03.482+08:00, 2022-08-03T02:12:03.482Z",
    "1669706229286, 2022-11-29T07:17:09.286Z",
    "1669706229, 2022-11-29T07:17:09Z",
  })
  void shouldReadTimesThatNameAnInstant(String raw, Instant instant) {
    assertEquals(instant, CloudTime.instant(raw));
    assertEquals(instant, CloudTime.instant(" " + raw + "\n"));
  }

  @ParameterizedTest
  @Tag("F30")
  @ValueSource(
      strings = {
        "",
        "2022-12-15 23:00:00",
        "2022-12-15T23:00:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2022-02-30T00:00:00Z",
        "2016-12-31T23:59:60Z",
        "12345",
        "+999999999-12-31T23:59:59Z",
        "yesterday",
        "16697062292860"
      })
  void shouldNotReadTimesThatNameNoInstant(String raw) {
    assertNull(CloudTime.instant(raw));
  }
}
