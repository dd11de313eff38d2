package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PollQueueTest {
  private static final long NOW = 1_000;

  private final PollQueue queue = new PollQueue();

  @Test
  void takesWhatIsDueInTheOrderOfDueTimes() {
    // given
    queue.schedule(task("late"), "a", 30);
    queue.schedule(task("early"), "a", 10);
    queue.schedule(task("middle"), "a", 20);
    queue.schedule(task("future"), "a", NOW + 1);

    // when
    List<String> taken = takeAll();

    // then
    assertEquals(List.of("early", "middle", "late"), taken);
    assertEquals(NOW + 1, queue.earliestDue().orElseThrow());
  }

  @Test
  void takesEqualDueTimesInTheOrderOfArrival() {
    queue.schedule(task("z"), "a", 10);
    queue.schedule(task("a"), "a", 10);

    assertEquals(List.of("z", "a"), takeAll());
  }

  @Test
  void ordersTimesAcrossTheOverflowOfTheClock() {
    queue.schedule(task("after"), "a", Long.MIN_VALUE + 5);
    queue.schedule(task("before"), "a", Long.MAX_VALUE - 5);

    assertEquals("before", queue.take(Long.MIN_VALUE + 9).map(PollQueueTest::id).orElseThrow());
    assertEquals(Long.MIN_VALUE + 5, queue.earliestDue().orElseThrow());
  }

  @Test
  void namespacesTakeTurns() {
    // given
    for (int i = 0; i < 3; i++) {
      queue.schedule(task("a" + i), "a", i);
    }
    queue.schedule(task("b0"), "b", 50);
    queue.schedule(task("b1"), "b", 60);
    queue.schedule(task("c0"), "c", 70);

    // when
    List<String> taken = takeAll();

    // then
    assertEquals(List.of("a0", "b0", "c0", "a1", "b1", "a2"), taken);
  }

  @Test
  void requestsComeFirst() {
    queue.schedule(task("old"), "a", 1);
    queue.request(task("requested"), "a", NOW);

    assertEquals(List.of("requested", "old"), takeAll());
  }

  @Test
  void requestsGetAtMostEverySecondTurnWhileOthersAreDue() {
    // given
    for (int i = 0; i < 4; i++) {
      queue.request(task("r" + i), "a", NOW);
    }
    queue.schedule(task("x"), "a", 1);
    queue.schedule(task("y"), "b", 2);

    // when
    List<String> taken = takeAll();

    // then
    assertEquals(List.of("r0", "y", "r1", "x", "r2", "r3"), taken);
  }

  @Test
  void requestsOfNamespacesTakeTurns() {
    queue.request(task("a0"), "a", NOW);
    queue.request(task("a1"), "a", NOW);
    queue.request(task("b0"), "b", NOW);

    assertEquals(List.of("a0", "b0", "a1"), takeAll());
  }

  @Test
  void repeatedRequestKeepsItsPlace() {
    queue.request(task("first"), "a", NOW);
    queue.request(task("second"), "a", NOW);
    queue.request(task("first"), "a", NOW);

    assertEquals(List.of("first", "second"), takeAll());
  }

  @Test
  void requestTakesThePlaceOfTheScheduledPoll() {
    queue.schedule(task("t"), "a", NOW + 500);
    queue.request(task("t"), "a", NOW);

    assertEquals(1, queue.size());
    assertEquals(List.of("t"), takeAll());
    assertTrue(queue.earliestDue().isEmpty());
  }

  @Test
  void schedulesAtLatestOnlyIfThatIsEarlier() {
    // given
    queue.schedule(task("t"), "a", 100);

    // when
    queue.scheduleAtLatest(task("t"), "a", 200);

    // then
    assertEquals(100, queue.earliestDue().orElseThrow());
    queue.scheduleAtLatest(task("t"), "a", 50);
    assertEquals(50, queue.earliestDue().orElseThrow());
    assertEquals(1, queue.size());
  }

  @Test
  void schedulingAtLatestKeepsARequest() {
    queue.request(task("t"), "a", NOW);

    queue.scheduleAtLatest(task("t"), "a", 1);

    assertTrue(queue.take(NOW).orElseThrow().isRequested());
  }

  @Test
  void schedulesANewTaskAtLatest() {
    queue.scheduleAtLatest(task("t"), "a", 7);

    assertEquals(7, queue.earliestDue().orElseThrow());
  }

  @Test
  void forgetsARemovedTask() {
    // given
    queue.schedule(task("t"), "a", 1);
    queue.request(task("r"), "a", 1);

    // when
    queue.remove(task("t"));
    queue.remove(task("r"));
    queue.remove(task("unknown"));

    // then
    assertFalse(queue.contains(task("t")));
    assertEquals(0, queue.size());
    assertTrue(takeAll().isEmpty());
  }

  @Test
  void namespaceWithoutTasksReturnsAsTheLast() {
    // given
    queue.schedule(task("a0"), "a", 1);
    queue.schedule(task("b0"), "b", 2);
    queue.schedule(task("b1"), "b", 3);
    queue.take(NOW);

    // when
    queue.schedule(task("a1"), "a", 1);

    // then
    assertEquals(List.of("b0", "a1", "b1"), takeAll());
  }

  private List<String> takeAll() {
    List<String> taken = new ArrayList<>();
    for (Optional<PollQueue.Entry> next = queue.take(NOW);
        next.isPresent();
        next = queue.take(NOW)) {
      taken.add(id(next.get()));
    }
    return taken;
  }

  private static String id(PollQueue.Entry entry) {
    return entry.task().task().taskId();
  }

  private static TaskKey task(String id) {
    return new TaskKey("default", new TaskRef(id));
  }
}
