package dev.acktask.operator.polling;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects that name the same task, and objects that come and go. */
final class ConnectionTasksSharingTest extends ConnectionTasksTestCase {
  @Test
  void objectsOfOneTaskSharePollsAndEvents() {
    // given
    tasks.put(A, created("u1"));
    tasks.put(B, created("u2"));

    // when
    Set<?> events = Set.copyOf(poll(found("running")));

    // then
    assertEquals(Set.of(A, B), events);
    assertAboutOneInterval(untilDue());
    tasks.remove(A);
    assertEquals(List.of(B), poll(found("paused")));
  }

  @Test
  void anotherObjectOfAnObservedTaskNeedsNoPoll() {
    // given
    tasks.put(A, created("u1"));
    poll(found("running"));

    // when
    tasks.put(B, created("u2"));

    // then
    assertAboutOneInterval(untilDue());
    assertEquals(found("running"), latest(B, created("u2")).orElseThrow().lookup());
  }

  @Test
  void anotherObjectWithAShorterIntervalIsPolledAtIt() {
    // given
    tasks.put(A, created("u1", spec().pollInterval("10m").build()));
    poll(found("running"));

    // when
    tasks.put(B, created("u2", spec().pollInterval("10s").build()));

    // then
    assertTrue(untilDue().compareTo(Duration.ofSeconds(11)) <= 0, untilDue().toString());
  }

  @Test
  void anotherObjectDoesNotShortenTheBackoff() {
    // given
    tasks.put(A, created("u1", spec().pollInterval("10m").build()));
    poll(DOWN);
    Duration wait = untilDue();

    // when
    tasks.put(B, created("u2"));

    // then
    assertEquals(wait, untilDue());
  }

  @Test
  void recreatedObjectOfAFinishedTaskNeedsNoPoll() {
    // given
    tasks.put(A, created("u1"));
    poll(found("success"));
    tasks.remove(A);

    // when
    tasks.put(A, created("u2"));

    // then
    assertTrue(tasks.untilDue().isEmpty());
    assertEquals(found("success"), latest(A, created("u2")).orElseThrow().lookup());
  }

  @Test
  void recreatedObjectOfARunningTaskIsPolledAgain() {
    // given
    tasks.put(A, created("u1"));
    poll(found("running"));
    tasks.remove(A);

    // when
    tasks.put(A, created("u2"));

    // then
    assertEquals(Duration.ZERO, untilDue());
    assertTrue(latest(A, created("u2")).isEmpty());
  }

  /** An event that it missed while it was not known yet must not leave it without a status. */
  @Test
  void nextAnswerIsReadInFullForAFurtherObject() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    tasks.put(B, created("u2"));

    // when
    Poll poll = next();

    // then
    assertNull(poll.known());
    assertEquals(Set.of(A, B), Set.copyOf(tasks.complete(poll, found("running"))));
  }

  @Test
  void pollOfADeletedObjectDoesNotCountForItsSuccessor() {
    // given
    tasks.put(A, created("u1"));
    Poll old = next();
    tasks.remove(A);
    tasks.put(A, created("u2"));

    // when
    List<?> events = tasks.complete(old, found("success"));

    // then
    assertEquals(List.of(), events);
    assertTrue(latest(A, created("u2")).isEmpty());
    assertEquals(List.of(A), poll(found("running")));
    assertEquals(found("running"), latest(A, created("u2")).orElseThrow().lookup());
  }

  @Test
  @Tag("F89")
  void forgetsTasksOfDeletedObjects() {
    // given
    List<TaskRef> refs = IntStream.range(0, 10_000).mapToObj(i -> new TaskRef("T-" + i)).toList();

    // when
    for (TaskRef ref : refs) {
      tasks.put(A, created(ref.taskId(), spec().taskId(ref.taskId()).build()));
      poll(found("running"));
      tasks.remove(A);
    }

    // then
    assertTrue(tasks.untilDue().isEmpty());
    assertTrue(refs.stream().allMatch(ref -> cache.get(new TaskKey("(built-in)@1", ref)) == null));
  }
}
