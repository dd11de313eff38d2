package dev.acktask.operator.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GepDurationTest {
  private static final long SEED = 20261125;
  private static final String ALPHABET = "0123456789hmsmsms.\n";

  @ParameterizedTest
  @CsvSource({
    "15s, PT15S, 15s", "1m30s, PT1M30S, 1m30s", "500ms, PT0.5S, 500ms", "90s, PT1M30S, 1m30s",
    "1h0m5s, PT1H5S, 1h5s", "0s, PT0S, 0s", "99999h, PT99999H, 99999h", "1s1s, PT2S, 2s"
  })
  void shouldParseAndFormat(String text, Duration duration, String formatted) {
    assertEquals(Optional.of(duration), GepDuration.parse(text));
    assertEquals(formatted, GepDuration.format(duration));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "15",
        "s",
        "-1s",
        "1.5s",
        "15 s",
        "15S",
        "PT15S",
        "100000s",
        "1d",
        "15s\n",
        "1h1m1s1ms1s"
      })
  void shouldRefuseMalformedText(String text) {
    assertEquals(Optional.empty(), GepDuration.parse(text));
  }

  @Test
  void shouldAcceptExactlyWhatTheCrdAccepts() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int run = 0; run < 100_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(12); left > 0; left--) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      boolean matches = text.toString().matches(GepDuration.PATTERN);
      accepted += matches ? 1 : 0;
      assertEquals(
          matches,
          GepDuration.parse(text.toString()).isPresent(),
          () -> "seed " + SEED + ": " + text);
    }
    assertTrue(accepted > 1_000);
  }
}
