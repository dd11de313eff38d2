package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.metrics.LastObservation;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a task last answered, and since when it is in its stage. */
final class TaskPollerLastObservationTest extends TaskPollerTestCase {
  private final AckTask task = task("a", "T-1");

  @Test
  void shouldBeAbsentBeforeTheFirstAnswer() {
    poller.onResourceCreated(task);

    assertEquals(Optional.empty(), poller.lastObservation(task));
  }

  @Test
  void shouldHaveTheTimeAndStageOfTheFirstAnswer() {
    observe("running", "DrainNodes");

    assertEquals(
        Optional.of(new LastObservation(now, "DrainNodes", now)), poller.lastObservation(task));
  }

  @Test
  void shouldKeepTheStartOfTheStageWhenTheAnswerIsUnchanged() {
    observe("running", "DrainNodes");
    Instant first = now;

    observe("running", "DrainNodes");

    assertEquals(1, cloud.unchanged);
    assertEquals(
        Optional.of(new LastObservation(now, "DrainNodes", first)), poller.lastObservation(task));
  }

  @Test
  void shouldKeepTheStartOfTheStageWhenSomethingElseChanges() {
    observe("running", "DrainNodes");
    Instant first = now;

    observe("paused", "DrainNodes");

    assertEquals(
        Optional.of(new LastObservation(now, "DrainNodes", first)), poller.lastObservation(task));
  }

  @Test
  void shouldHaveTheTimeOfANewStage() {
    observe("running", "DrainNodes");

    observe("running", "PostCheck");

    assertEquals(
        Optional.of(new LastObservation(now, "PostCheck", now)), poller.lastObservation(task));
  }

  @Test
  void shouldKeepTheLastAnswerDuringAnOutage() {
    observe("running", "DrainNodes");
    Optional<LastObservation> answered = poller.lastObservation(task);

    cloud.beUnavailable();
    pass(INTERVAL.multipliedBy(2));
    pollAll();

    assertEquals(answered, poller.lastObservation(task));
  }

  @Test
  void shouldBeAbsentOnceTheTaskIsFinal() {
    observe("running", "DrainNodes");

    observe("success", "PostCheck");

    assertEquals(Optional.empty(), poller.lastObservation(task));
  }

  @Test
  void shouldBeAbsentOnceTheObjectIsDeleted() {
    observe("running", "DrainNodes");

    poller.onResourceDeleted(task);

    assertEquals(Optional.empty(), poller.lastObservation(task));
  }

  @Test
  void shouldBeAbsentForTheSuccessorOfTheObject() {
    observe("running", "DrainNodes");
    AckTask successor = task("a", "T-1");
    successor.getMetadata().setUid("another");

    assertEquals(Optional.empty(), poller.lastObservation(successor));
  }

  @Test
  void shouldBeAbsentOnceAnotherConnectionIsUsed() {
    observe("running", "DrainNodes");

    connections.create(ConnectionKey.DEFAULT);

    assertEquals(Optional.empty(), poller.lastObservation(task));
  }

  @Test
  void shouldBeAbsentWhileNoConnectionCanBeUsed() {
    observe("running", "DrainNodes");

    connections.suspend(ConnectionKey.DEFAULT);

    assertEquals(Optional.empty(), poller.lastObservation(task));
  }

  /** The next poll answers with {@code stage}. */
  private void observe(String state, String stage) {
    cloud.answer(
        ref ->
            new TaskLookup.Found(
                TaskInfo.builder(ref.taskId(), state)
                    .currentStage(stage)
                    .omitted(TaskInfo.Omitted.NONE)
                    .build(),
                null));
    poller.onResourceCreated(task);
    pass(INTERVAL.multipliedBy(2));
    pollAll();
  }
}
