package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Situations that the model test reached; each must be reached at least once. */
final class ModelCoverage {
  private static final List<String> ALL =
      List.of(
          "acknowledged when finished",
          "conflict",
          "connection is lost",
          "expired",
          "forgery replaced",
          "minimal",
          "overdue",
          "poll of an earlier connection",
          "refresh of a finished task",
          "suspended",
          "write landed, answer lost");

  private final Set<ModelObservation> expected = EnumSet.noneOf(ModelObservation.class);
  private final Set<String> marks = new TreeSet<>();

  void assertComplete() {
    assertEquals(EnumSet.allOf(ModelObservation.class), expected);
    assertEquals(new TreeSet<>(ALL), marks);
  }

  void mark(String what, boolean reached) {
    if (reached) {
      marks.add(what);
    }
  }

  /** Records the transition from {@code base} to {@code next}. */
  void of(AckTask task, ExpectedStatus base, ExpectedStatus next, AckTaskStatus written) {
    expected.add(next.observation());
    mark("overdue", next.overdue());
    mark("suspended", next.suspended());
    mark("minimal", written.taskType() == null && next.observation().finished());
    mark("forgery replaced", TaskModel.isForged(task, base));
    boolean latched =
        base.own() && base.observation().finished() && base.observation() == next.observation();
    mark("acknowledged when finished", latched && base.generation() != next.generation());
    mark("refresh of a finished task", latched && !Objects.equals(base.refresh(), next.refresh()));
  }
}
