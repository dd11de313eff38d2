package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListedTaskTest {
  @ParameterizedTest
  @ValueSource(strings = {"success", "failed", "canceled", " Failed "})
  void shouldBeFinishedInAFinalState(String state) {
    assertTrue(inState(state).isFinished());
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "paused", "unheard-of", ""})
  void shouldNotBeFinishedInAnyOtherState(String state) {
    assertFalse(inState(state).isFinished());
  }

  @Test
  void shouldNotBeFinishedWithoutAState() {
    assertFalse(inState(null).isFinished());
  }

  private static ListedTask inState(String state) {
    return new ListedTask(new TaskRef("T-1"), "cluster_upgrade", state, null, null);
  }
}
