package dev.acktask.simulator.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.acktask.simulator.list.ListBehaviour.Order;
import dev.acktask.simulator.list.ListBehaviour.Retention;
import dev.acktask.simulator.list.ListBehaviour.Updated;
import dev.acktask.simulator.script.ListedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tasks one request lists, and in which order. */
class TaskSelectionTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** The first created and the last updated. */
  private static final ListedTask OLD =
      ListedTask.builder("T-old", before(60))
          .stateSince(before(50))
          .updated(before(1))
          .targetId("np-1")
          .build();

  private static final ListedTask DONE = finished("T-done", 40, 30);
  private static final ListedTask FAILED =
      ListedTask.builder("T-failed", before(20)).state("failed").updated(before(10)).build();
  private static final List<ListedTask> ALL = List.of(DONE, FAILED, OLD);

  private static Instant before(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private static ListedTask finished(String taskId, int created, int updated) {
    return ListedTask.builder(taskId, before(created))
        .taskType("nodepool_upgrade")
        .state("success")
        .updated(before(updated))
        .build();
  }

  private static List<ListedTask> listed(
      ListBehaviour.Builder behaviour, Map<String, String> query) {
    return new TaskSelection(behaviour.build(), NOW, query).of(ALL, new Random(1));
  }

  private static List<String> ids(ListBehaviour.Builder behaviour, Map<String, String> query) {
    return listed(behaviour, query).stream().map(ListedTask::taskId).toList();
  }

  private static List<String> ids(ListBehaviour.Builder behaviour) {
    return ids(behaviour, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED_DESCENDING, T-failed T-done T-old",
    "CREATED_ASCENDING, T-old T-done T-failed",
    "UPDATED_DESCENDING, T-old T-failed T-done",
    "UPDATED_ASCENDING, T-done T-failed T-old"
  })
  void shouldOrderByTime(Order order, String expected) {
    assertEquals(List.of(expected.split(" ", -1)), ids(ListBehaviour.builder().order(order)));
  }

  @Test
  void shouldHaveAnotherOrderForEachRequestWhenRandom() {
    // given
    List<ListedTask> many =
        IntStream.range(0, 100).mapToObj(number -> finished("T-" + number, 9, 8)).toList();
    TaskSelection selection =
        new TaskSelection(ListBehaviour.builder().order(Order.RANDOM).build(), NOW, Map.of());
    Random random = new Random(1);

    // then
    assertNotEquals(selection.of(many, random), selection.of(many, random));
  }

  @ParameterizedTest
  @CsvSource({"EVERY_STEP, 1", "STATE_CHANGES, 50", "NEVER, 60"})
  void shouldMoveTheTimeOfTheUpdateWithSomeChangesOnly(Updated updated, int minutes) {
    ListedTask old = listed(ListBehaviour.builder().updated(updated), Map.of()).getLast();
    assertEquals(before(minutes), old.updated());
  }

  @Test
  void shouldForgetWhatFinishedLongAgo() {
    Retention retention = new Retention(Optional.of(Duration.ofMinutes(15)), Integer.MAX_VALUE);
    assertEquals(List.of("T-failed", "T-old"), ids(ListBehaviour.builder().retention(retention)));
  }

  @Test
  void shouldForgetFinishedTasksByTheirTrueTimeWhenUpdatedIsFrozen() {
    Retention retention = new Retention(Optional.of(Duration.ofMinutes(35)), Integer.MAX_VALUE);
    assertEquals(
        List.of("T-failed", "T-done", "T-old"),
        ids(ListBehaviour.builder().retention(retention).updated(Updated.NEVER)));
  }

  @Test
  void shouldKeepTheLastFinishedTasksOnly() {
    Retention retention = new Retention(Optional.empty(), 1);
    assertEquals(List.of("T-failed", "T-old"), ids(ListBehaviour.builder().retention(retention)));
  }

  @Test
  void shouldListATaskLateWhenDelayed() {
    ListBehaviour.Builder delayed = ListBehaviour.builder().delay(Duration.ofMinutes(40));
    assertEquals(List.of("T-done", "T-old"), ids(delayed));
  }

  @ParameterizedTest
  @CsvSource({
    "state, failed, T-failed",
    "type, nodepool_upgrade, T-done",
    "task_type, nodepool_upgrade, T-done",
    "target_id, np-1, T-old"
  })
  void shouldFilter(String filter, String value, String expected) {
    assertEquals(List.of(expected), ids(ListBehaviour.builder(), Map.of(filter, value)));
  }

  @Test
  void shouldIgnoreFilters() {
    ListBehaviour.Builder deaf = ListBehaviour.builder().ignoresFilters(true);
    assertEquals(3, ids(deaf, Map.of("state", "failed")).size());
  }
}
