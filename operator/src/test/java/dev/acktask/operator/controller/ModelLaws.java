package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.decision.StatusInvariants;
import java.util.List;

/** Invariants that do not depend on the model. */
final class ModelLaws {
  private ModelLaws() {}

  /** Checks the write that replaces {@code before} with {@code after}. */
  static void checkWrite(AckTask task, AckTaskStatus before, AckTaskStatus after) {
    assertNotEquals(before, after, "writes without a change");
    StatusInvariants.check(after, task.getMetadata().getGeneration());
    if (before == null) {
      return;
    }
    for (Condition is : after.conditions()) {
      for (Condition was : before.conditions()) {
        if (is.type().equals(was.type()) && is.status().equals(was.status())) {
          assertEquals(was.lastTransitionTime(), is.lastTransitionTime(), is.type());
        }
      }
    }
  }

  /** Checks that a finished status changes only its generation or the answer to a refresh. */
  static void checkLatch(AckTaskStatus before, AckTaskStatus after, boolean called) {
    assertEquals(before.phase(), after.phase());
    assertEquals(before.reason(), after.reason());
    assertEquals(before.message(), after.message());
    assertEquals(before.completionTime(), after.completionTime());
    assertEquals(ofAnyGeneration(before), ofAnyGeneration(after));
    if (!called && before.observedGeneration().equals(after.observedGeneration())) {
      assertEquals(before, after);
    }
  }

  private static List<Condition> ofAnyGeneration(AckTaskStatus status) {
    return status.conditions().stream()
        .map(
            c ->
                new Condition(
                    c.type(), c.status(), c.reason(), c.message(), 0L, c.lastTransitionTime()))
        .toList();
  }
}
