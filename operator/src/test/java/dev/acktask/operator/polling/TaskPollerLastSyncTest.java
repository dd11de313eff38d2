package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a task last answered. */
final class TaskPollerLastSyncTest extends TaskPollerTestCase {
  private final AckTask task = task("a", "T-1");

  @Test
  void shouldBeAbsentBeforeTheFirstAnswer() {
    poller.onResourceCreated(task);

    assertEquals(Optional.empty(), poller.lastSync(task));
  }

  @Test
  void shouldHaveTheTimeOfTheFirstAnswer() {
    observe("running", "DrainNodes");

    assertEquals(Optional.of(now), poller.lastSync(task));
  }

  @Test
  void shouldHaveTheTimeOfAnUnchangedAnswer() {
    observe("running", "DrainNodes");

    observe("running", "DrainNodes");

    assertEquals(1, cloud.unchanged);
    assertEquals(Optional.of(now), poller.lastSync(task));
  }

  @Test
  void shouldHaveTheTimeOfAChangedAnswer() {
    observe("running", "DrainNodes");

    observe("paused", "DrainNodes");

    assertEquals(Optional.of(now), poller.lastSync(task));
  }

  @Test
  void shouldKeepTheLastAnswerDuringAnOutage() {
    observe("running", "DrainNodes");
    Optional<Instant> answered = poller.lastSync(task);

    cloud.beUnavailable();
    pass(INTERVAL.multipliedBy(2));
    pollAll();

    assertEquals(answered, poller.lastSync(task));
  }

  @Test
  void shouldBeAbsentOnceTheTaskIsFinal() {
    observe("running", "DrainNodes");

    observe("success", "PostCheck");

    assertEquals(Optional.empty(), poller.lastSync(task));
  }

  @Test
  void shouldBeAbsentOnceTheObjectIsDeleted() {
    observe("running", "DrainNodes");

    poller.onResourceDeleted(task);

    assertEquals(Optional.empty(), poller.lastSync(task));
  }

  @Test
  void shouldBeAbsentForTheSuccessorOfTheObject() {
    observe("running", "DrainNodes");
    AckTask successor = task("a", "T-1");
    successor.getMetadata().setUid("another");

    assertEquals(Optional.empty(), poller.lastSync(successor));
  }

  @Test
  void shouldBeAbsentOnceAnotherConnectionIsUsed() {
    observe("running", "DrainNodes");

    connections.create(ConnectionKey.DEFAULT);

    assertEquals(Optional.empty(), poller.lastSync(task));
  }

  @Test
  void shouldBeAbsentWhileNoConnectionCanBeUsed() {
    observe("running", "DrainNodes");

    connections.suspend(ConnectionKey.DEFAULT);

    assertEquals(Optional.empty(), poller.lastSync(task));
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
