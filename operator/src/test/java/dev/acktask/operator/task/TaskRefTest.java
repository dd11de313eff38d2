package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskRefTest {
  @ParameterizedTest
  @ValueSource(strings = {"T-000000000000000000000a01", "install-addons-c3xxxxxx", "a", "1._-"})
  void shouldAcceptTheIdsOfTheApi(String id) {
    assertEquals(Optional.of(new TaskRef(id)), TaskRef.parse(id));
  }

  @ParameterizedTest
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
  void f53ShouldRefuseWhatCouldLeaveThePath(String id) {
    assertEquals(Optional.empty(), TaskRef.parse(id));
  }

  @Test
  void f53ShouldRefuseWhatIsTooLong() {
    assertTrue(TaskRef.parse("a".repeat(253)).isPresent());
    assertEquals(Optional.empty(), TaskRef.parse("a".repeat(254)));
    assertEquals(Optional.empty(), TaskRef.parse("a".repeat(10_000)));
  }
}
