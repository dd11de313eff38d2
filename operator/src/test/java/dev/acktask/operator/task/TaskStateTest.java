package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskStateTest {
  private static final List<String> SUCCESS = List.of("success", "succeeded");
  private static final List<String> PADDING = List.of(" ", "\t", "\r", "\n", "  \r\n");

  @ParameterizedTest
  @CsvSource({
    "success,SUCCEEDED",
    "succeeded,SUCCEEDED",
    "fail,FAILED",
    "failed,FAILED",
    "error,FAILED",
    "timeout,FAILED",
    "canceled,CANCELED",
    "cancelled,CANCELED",
    "cancel,CANCELED",
    "pause,PAUSED",
    "paused,PAUSED",
    "running,RUNNING",
    "pending,RUNNING",
    "initial,RUNNING",
    "initail,RUNNING",
    "pausing,RUNNING",
    "resuming,RUNNING",
    "cancelling,RUNNING",
    "canceling,RUNNING",
    "FAILED,FAILED",
    "Canceled,CANCELED",
    "Paused,PAUSED",
    "RUNNING,RUNNING"
  })
  void shouldKnowThePublishedWords(String word, TaskState state) {
    assertEquals(state, TaskState.of(word));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUCCESS",
        "Success",
        " success ",
        "success\n",
        "ｓuccess",
        "",
        "completed",
        "succes",
        "successs",
        "suc\u0000cess",
        "success\u200b",
        "ſuccess"
      })
  void shouldNotTakeAnythingElseForSuccess(String word) {
    assertEquals(TaskState.UNRECOGNIZED, TaskState.of(word));
  }

  @Test
  void shouldFoldCaseAndPaddingOfFailuresOnly() {
    for (String word : List.of("fail", "failed", "error", "timeout", "canceled", "cancel")) {
      TaskState state = TaskState.of(word);
      for (String padding : PADDING) {
        assertEquals(state, TaskState.of(padding + word.toUpperCase(Locale.ROOT) + padding));
      }
    }
    for (String word : SUCCESS) {
      for (String padding : PADDING) {
        assertNotEquals(TaskState.SUCCEEDED, TaskState.of(word + padding));
        assertNotEquals(TaskState.SUCCEEDED, TaskState.of(padding + word));
      }
    }
  }

  @Test
  void shouldFoldIndependentlyOfTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertEquals(TaskState.FAILED, TaskState.of("FAIL"));
      assertEquals(TaskState.UNRECOGNIZED, TaskState.of("FAİL"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void shouldNotReachSuccessByAnySingleEdit() {
    Random random = new Random(20261123);
    for (String word : SUCCESS) {
      for (int i = 0; i < 2_000; i++) {
        StringBuilder edited = new StringBuilder(word);
        int at = random.nextInt(word.length());
        switch (random.nextInt(3)) {
          case 0 -> edited.deleteCharAt(at);
          case 1 -> edited.insert(at, (char) random.nextInt(0x10000));
          default -> edited.setCharAt(at, (char) random.nextInt(0x10000));
        }
        if (!SUCCESS.contains(edited.toString())) {
          assertNotEquals(TaskState.SUCCEEDED, TaskState.of(edited.toString()));
        }
      }
    }
  }
}
