package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskRefTest {
  private static final long SEED = 20261125;

  @ParameterizedTest
  @ValueSource(strings = {"T-000000000000000000000a01", "install-addons-c3xxxxxx", "a", "1._-"})
  void shouldAcceptTheIdsOfTheApi(String id) {
    assertEquals(Optional.of(new TaskRef(id)), TaskRef.parse(id));
  }

  @ParameterizedTest
  @Tag("F53")
  @ValueSource(
      strings = {
        "",
        " ",
        "../clusters/x",
        "..",
        ".",
        "T-1?x=1",
        "T-1#",
        "%2e%2e",
        "T-1\r\n",
        "T-1\n",
        "T-1\u0000",
        "T-ä",
        "a/b",
        "-a",
        "_a",
        "T 1"
      })
  void shouldRefuseIdsThatCouldChangeThePath(String id) {
    assertEquals(Optional.empty(), TaskRef.parse(id));
  }

  @Test
  @Tag("F53")
  void shouldAcceptExactlyWhatTheCrdAccepts() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int run = 0; run < 100_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(6); left > 0; left--) {
        text.append((char) random.nextInt(0x81));
      }
      boolean matches = text.toString().matches(TaskRef.PATTERN);
      accepted += matches ? 1 : 0;
      assertEquals(
          matches, TaskRef.parse(text.toString()).isPresent(), () -> "seed " + SEED + ": " + text);
    }
    assertTrue(accepted > 1_000);
  }

  @Test
  @Tag("F53")
  void shouldRefuseIdsThatAreTooLong() {
    assertTrue(TaskRef.parse("a".repeat(253)).isPresent());
    assertEquals(Optional.empty(), TaskRef.parse("a".repeat(254)));
    assertEquals(Optional.empty(), TaskRef.parse("a".repeat(10_000)));
  }
}
