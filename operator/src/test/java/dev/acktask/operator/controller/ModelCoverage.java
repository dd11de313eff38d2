package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.controller.TaskModel.Seen;
import dev.acktask.operator.controller.TaskModel.Shown;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What was reached: a model test that never gets to the interesting places shows nothing. */
final class ModelCoverage {
  private static final List<String> ALL =
      List.of(
          "acknowledged when finished",
          "conflict",
          "doubt dispelled",
          "expired",
          "minimal",
          "overdue",
          "refresh of a finished task",
          "suspended",
          "write landed, answer lost");

  private final Set<Seen> shown = EnumSet.noneOf(Seen.class);
  private final Set<String> marks = new TreeSet<>();

  void assertComplete() {
    assertEquals(EnumSet.allOf(Seen.class), shown);
    assertEquals(new TreeSet<>(ALL), marks);
  }

  void mark(String what, boolean reached) {
    if (reached) {
      marks.add(what);
    }
  }

  /** That {@code base} gave way to {@code next}. */
  void of(AckTask task, Shown base, Shown next, AckTaskStatus written) {
    shown.add(next.seen());
    mark("overdue", next.overdue());
    mark("suspended", next.suspended());
    mark("minimal", written.taskType() == null && next.seen().finished());
    mark("doubt dispelled", TaskModel.doubtful(task, base));
    boolean latched = base.own() && base.seen().finished() && base.seen() == next.seen();
    mark("acknowledged when finished", latched && base.generation() != next.generation());
    mark("refresh of a finished task", latched && !Objects.equals(base.refresh(), next.refresh()));
  }
}
