package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IsoTimeTest {
  private static final long SEED = 20_260_102L;
  private static final int MUTATIONS = 50_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-11-10T16:02:04Z",
        "2020-11-10T16:02:04+08:00",
        "2020-11-10T16:02:04-00:30",
        "2020-02-29T23:59:59-18:00",
        "0000-01-01T00:00:00Z",
        "2022-08-03T10:12:03.482+08:00",
        "2020-11-10T16:02Z",
        "2020-11-10T16:02:04+08:00:30",
        "+12020-11-10T16:02:04Z"
      })
  void shouldReadWhatTheJdkReads(String text) {
    assertEquals(OffsetDateTime.parse(text).toInstant(), IsoTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2020-11-10 16:02:04",
        "2020-11-10T16:02:04",
        "2021-02-29T00:00:00Z",
        "2020-13-01T00:00:00Z",
        "2020-11-10T24:00:00Z",
        "2020-11-10T23:59:60Z",
        "2020-11-10T16:02:04+18:01",
        "2020-11-10T16:02:04+08:60",
        "2020-11-10T16:02:04Z ",
        "2020-11-10T16:02:0\u0664Z"
      })
  void shouldRefuseWhatTheJdkRefuses(String text) {
    assertThrows(DateTimeException.class, () -> OffsetDateTime.parse(text));
    assertThrows(DateTimeException.class, () -> IsoTime.parse(text));
  }

  @Test
  void shouldReadEachMutationAsTheJdkDoes() {
    Random random = new Random(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      String text = mutated("20" + random.nextInt(10, 99) + "-11-10T16:02:04+08:00", random);

      assertEquals(read(text, OffsetDateTime::parse), read(text, IsoTime::parse), text);
    }
  }

  private static String mutated(String time, Random random) {
    StringBuilder text = new StringBuilder(time);
    for (int i = random.nextInt(3); i >= 0; i--) {
      char other = "0123456789-+:TZ. ".charAt(random.nextInt(17));
      text.setCharAt(random.nextInt(text.length()), other);
    }
    return text.toString();
  }

  private interface Reader {
    Object read(String text);
  }

  private static Optional<Instant> read(String text, Reader reader) {
    try {
      return Optional.of(
          reader.read(text) instanceof OffsetDateTime time
              ? time.toInstant()
              : (Instant) reader.read(text));
    } catch (DateTimeException refused) {
      return Optional.empty();
    }
  }
}
