package dev.acktask.operator.discovery;

import static dev.acktask.operator.discovery.ListedTasks.NOW;
import static dev.acktask.operator.discovery.ListedTasks.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.ListedTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelectedTasksTest {
  private static final DiscoverySettings.Selection DAY =
      new DiscoverySettings.Selection(
          new TypeFilter(List.of(), List.of("scale*")), Duration.ofHours(24));

  @Test
  void shouldTakeUnfinishedAndFailedTasksFirstAndThenTheNewest() {
    SelectedTasks swept =
        swept(
            task("done-old").state("success").age(Duration.ofHours(9)),
            task("done-new").state("success").age(Duration.ofHours(1)),
            task("failed-old").state("failed").age(Duration.ofHours(10)),
            task("running-new").age(Duration.ofHours(2)),
            task("canceled").state("canceled").age(Duration.ofHours(3)));

    assertEquals(
        List.of("running-new", "failed-old", "done-new", "canceled", "done-old"), ids(swept));
  }

  @Test
  void shouldLeaveOutOldTasksAndOtherTypes() {
    SelectedTasks swept =
        swept(
            task("old").state("failed").age(Duration.ofHours(25)),
            task("edge").state("failed").age(Duration.ofHours(24)),
            task("scaled").type("scaleout"));

    assertEquals(List.of("edge"), ids(swept));
    assertEquals(3, swept.listed());
  }

  @Test
  void shouldTakeTasksWithoutATimeUnlessTheySucceeded() {
    SelectedTasks swept =
        swept(
            task("running").created(null),
            task("failed").state("failed").created(null),
            task("stateless").state(null).created(null),
            task("done").state("success").created(null));

    assertEquals(List.of("failed", "running", "stateless"), ids(swept));
  }

  @Test
  void shouldNotBelieveATimeInTheFuture() {
    SelectedTasks swept = swept(task("tomorrow").created(NOW.plusSeconds(1)));

    assertNull(swept.tasks().getFirst().created());
  }

  @Test
  void shouldTakeEachIdOnce() {
    assertEquals(List.of("a"), ids(swept(task("a"), task("a").state("failed"))));
  }

  @Test
  void shouldKeepABoundedNumberOfTasks() {
    List<ListedTask> many = new ArrayList<>();
    for (int i = 0; i < SelectedTasks.MAX_TASKS + 1; i++) {
      many.add(task("T-" + i).build());
    }

    SelectedTasks swept = SelectedTasks.of(DAY, many, true, NOW);

    assertEquals(SelectedTasks.MAX_TASKS, swept.tasks().size());
    assertFalse(swept.isComplete());
    assertTrue(SelectedTasks.of(DAY, many.subList(0, 9), true, NOW).isComplete());
  }

  private static SelectedTasks swept(ListedTasks... tasks) {
    return SelectedTasks.of(
        DAY, List.of(tasks).stream().map(ListedTasks::build).toList(), true, NOW);
  }

  private static List<String> ids(SelectedTasks swept) {
    return swept.tasks().stream().map(task -> task.task().taskId()).toList();
  }
}
