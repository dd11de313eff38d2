package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import org.junit.jupiter.api.Test;

final class AckTaskSnapshotTest {
  @Test
  void shouldHaveTheStatusOfAnotherTaskWhenTheIdsDiffer() {
    assertTrue(ofTask("T-another").hasStatusOfAnotherTask());
    assertFalse(ofTask(TASK_ID).hasStatusOfAnotherTask());
  }

  @Test
  void shouldHaveTheStatusOfNoTaskBeforeTheFirstDecision() {
    assertFalse(ofTask(null).hasStatusOfAnotherTask());
    assertFalse(AckTaskSnapshot.builder("uid", spec().build()).build().hasStatusOfAnotherTask());
  }

  /** The API server stores a status with generation -1 as its default. */
  @Test
  void shouldHaveAWrittenStatusFromGenerationZero() {
    assertFalse(observed(-1L).isStatusWritten());
    assertFalse(observed(null).isStatusWritten());
    assertTrue(observed(0L).isStatusWritten());
  }

  private static AckTaskSnapshot ofTask(String taskId) {
    return with(AckTaskStatus.builder().taskId(taskId).build());
  }

  private static AckTaskSnapshot observed(Long generation) {
    return with(AckTaskStatus.builder().observedGeneration(generation).build());
  }

  private static AckTaskSnapshot with(AckTaskStatus status) {
    return AckTaskSnapshot.builder("uid", spec().build()).status(status).build();
  }
}
