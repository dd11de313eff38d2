package dev.acktask.operator.discovery;

import static dev.acktask.operator.discovery.ListedTasks.NOW;
import static dev.acktask.operator.discovery.ListedTasks.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.DiscoveryStatus.Watermark;
import dev.acktask.operator.task.ListedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClusterProgressTest {
  private static final Instant OLDEST = NOW.minus(Duration.ofHours(24));
  private static final ListedTask OLD = task("old").age(Duration.ofHours(5)).build();
  private static final ListedTask NEW = task("new").age(Duration.ofMinutes(1)).build();
  private static final ListedTask LATE = task("late").age(Duration.ofMinutes(9)).build();
  private static final ListedTask TOO_LATE = task("toolate").age(Duration.ofMinutes(12)).build();

  @Test
  void shouldHaveNothingDoneAtFirst() {
    assertFalse(ClusterProgress.NONE.isDone(OLD));
    assertTrue(ClusterProgress.NONE.stored("eu", "c1", 1).findAny().isEmpty());
  }

  @Test
  void shouldStayTenMinutesBehindTheNewestTask() {
    ClusterProgress progress = after(ClusterProgress.NONE, List.of("old", "new"), OLD, NEW);

    assertTrue(progress.isDone(OLD));
    assertTrue(progress.isDone(NEW));
    assertFalse(progress.isDone(LATE));
    assertTrue(progress.isDone(TOO_LATE));
    assertEquals(List.of("new"), List.copyOf(progress.recent().keySet()));
  }

  @Test
  void shouldNotPassATaskThatWaits() {
    ClusterProgress progress = after(ClusterProgress.NONE, List.of("new"), OLD, NEW);

    assertFalse(progress.isDone(OLD));
    assertFalse(progress.isDone(TOO_LATE));
    assertTrue(progress.isDone(NEW));
  }

  @Test
  void shouldNotMoveForAnIncompleteList() {
    SelectedTasks incomplete = new SelectedTasks(List.of(NEW), false, 1);

    ClusterProgress progress = ClusterProgress.NONE.after(incomplete, List.of("new"), OLDEST);

    assertFalse(progress.isDone(OLD));
    assertTrue(progress.isDone(NEW));
  }

  @Test
  void shouldNotMoveWithoutAnAckTask() {
    ClusterProgress before = after(ClusterProgress.NONE, List.of("old"), OLD);

    ClusterProgress after = after(before, List.of(), OLD, NEW);

    assertEquals(stored(before), stored(after));
  }

  @Test
  void shouldRememberTasksWithoutATime() {
    ListedTask timeless = task("timeless").created(null).build();

    ClusterProgress progress =
        after(ClusterProgress.NONE, List.of("timeless", "new"), timeless, NEW);

    assertTrue(progress.isDone(timeless));
  }

  @Test
  void shouldStayTheSameInTheStatus() {
    // given
    ClusterProgress progress = after(ClusterProgress.NONE, List.of("old", "new"), OLD, NEW);

    // when
    Watermark stored = stored(progress);
    ClusterProgress read = ClusterProgress.of(stored, NOW);

    // then
    assertEquals("2026-03-01T11:59:00Z", stored.created());
    assertEquals(List.of("new"), stored.recent());
    assertEquals(stored, stored(read));
    assertTrue(read.isDone(OLD) && read.isDone(NEW) && !read.isDone(LATE));
  }

  @Test
  void shouldNotBelieveAStoredTimeThatIsMalformedOrInTheFuture() {
    assertFalse(read("2099-01-01T00:00:00Z").isDone(OLD));
    assertFalse(read("yesterday").isDone(OLD));
    assertTrue(read("2099-01-01T00:00:00Z").isDone(NEW));
  }

  @Test
  void shouldKeepWhatEitherReplicaHasDone() {
    ClusterProgress mine = after(ClusterProgress.NONE, List.of("new"), NEW);
    ClusterProgress other = after(ClusterProgress.NONE, List.of("late"), LATE);

    ClusterProgress merged = mine.merge(other);

    assertTrue(merged.isDone(NEW) && merged.isDone(LATE) && merged.isDone(TOO_LATE));
  }

  @Test
  void shouldKeepABoundedNumberOfIdsAndForgetNoDoneTask() {
    // given
    List<ListedTask> tasks = new ArrayList<>(List.of(OLD));
    for (int i = 0; i <= ClusterProgress.MAX_RECENT; i++) {
      tasks.add(task("T-" + i).age(Duration.ofSeconds(i)).build());
    }
    List<String> done = tasks.stream().skip(1).map(it -> it.task().taskId()).toList();

    // when
    ClusterProgress progress =
        ClusterProgress.NONE.after(new SelectedTasks(tasks, true, 1), done, OLDEST);

    // then
    assertTrue(progress.recent().size() <= ClusterProgress.MAX_RECENT);
    assertTrue(tasks.stream().skip(1).allMatch(progress::isDone));
    assertTrue(stored(progress).recent().size() <= ClusterProgress.MAX_RECENT);
  }

  @Test
  void shouldCountTheTasksThatTheLineHasToPass() {
    // given
    List<ListedTask> tasks = new ArrayList<>(List.of(OLD, NEW));
    for (int i = 0; i <= ClusterProgress.MAX_RECENT; i++) {
      tasks.add(task("T-" + i).age(Duration.ofSeconds(i)).build());
    }
    SelectedTasks swept = new SelectedTasks(tasks, true, tasks.size());
    List<String> done = tasks.stream().skip(2).map(it -> it.task().taskId()).toList();

    // when
    ClusterProgress after = ClusterProgress.NONE.after(swept, done, OLDEST);

    // then
    assertEquals(1, ClusterProgress.NONE.givenUp(swept, done, after));
    assertEquals(0, after.givenUp(swept, List.of(), after));
    assertFalse(after.isDone(NEW));
  }

  /** Else tasks whose AckTasks have expired would be created again after a restart. */
  @Test
  void shouldForgetNoDoneTaskOverARestart() {
    // given
    List<ListedTask> tasks = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      tasks.add(task("T-" + i).age(Duration.ofMillis(500L * i)).build());
    }
    List<String> done = tasks.stream().map(it -> it.task().taskId()).toList();
    ClusterProgress before =
        ClusterProgress.NONE.after(new SelectedTasks(tasks, true, tasks.size()), done, OLDEST);

    // when
    ClusterProgress after = ClusterProgress.of(stored(before), NOW);

    // then
    assertTrue(tasks.stream().allMatch(after::isDone));
  }

  private static ClusterProgress read(String created) {
    return ClusterProgress.of(new Watermark("eu", "c1", created, List.of("new")), NOW);
  }

  private static ClusterProgress after(
      ClusterProgress before, List<String> existing, ListedTask... listed) {
    return before.after(new SelectedTasks(List.of(listed), true, listed.length), existing, OLDEST);
  }

  private static Watermark stored(ClusterProgress progress) {
    return progress.stored("eu", "c1", 1).findAny().orElseThrow();
  }
}
