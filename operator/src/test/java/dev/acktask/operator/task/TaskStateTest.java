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
  void shouldMapThePublishedStates(String text, TaskState expected) {
    assertEquals(expected, TaskState.of(text));
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
  void shouldNotReadAnyOtherTextAsSuccess(String state) {
    assertEquals(TaskState.UNRECOGNIZED, TaskState.of(state));
  }

  @Test
  void shouldFoldCaseAndPaddingOfFailuresOnly() {
    for (String state : List.of("fail", "failed", "error", "timeout", "canceled", "cancel")) {
      TaskState expected = TaskState.of(state);
      for (String padding : PADDING) {
        assertEquals(expected, TaskState.of(padding + state.toUpperCase(Locale.ROOT) + padding));
      }
    }
    for (String state : SUCCESS) {
      for (String padding : PADDING) {
        assertNotEquals(TaskState.SUCCEEDED, TaskState.of(state + padding));
        assertNotEquals(TaskState.SUCCEEDED, TaskState.of(padding + state));
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
    for (String state : SUCCESS) {
      for (int i = 0; i < 2_000; i++) {
        StringBuilder edited = new StringBuilder(state);
        int at = random.nextInt(state.length());
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
