package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.controller.FakeTaskClient;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.task.TaskLookup;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class TaskPollerTest extends TaskPollerTestCase {
  @Test
  void exceptionOfAPollCountsAsUnavailableAndIsRepeated() {
    // given
    AckTask task = task("a", "T-1");
    cloud.answer(
        ref -> {
          throw new StackOverflowError("as a hostile answer might cause");
        });
    poller.onResourceCreated(task);

    // when
    pollAll();

    // then
    assertInstanceOf(TaskLookup.Unavailable.class, poller.latest(task).orElseThrow().lookup());
    assertEquals(1, metrics.failures.get());
    cloud.answer("failed");
    pass(INTERVAL.multipliedBy(2));
    pollAll();
    assertInstanceOf(TaskLookup.Found.class, poller.latest(task).orElseThrow().lookup());
    assertEquals(2, events.size());
  }

  @Test
  void exceptionOfOneEventDoesNotCostTheOthersTheirs() {
    // given
    poller.setEventHandler(
        event -> {
          events.add(event.getRelatedCustomResourceID());
          throw new IllegalStateException("the framework is not ready");
        });
    poller.onResourceCreated(task("a", "T-1"));
    poller.onResourceCreated(task("b", "T-1"));

    // when
    pollAll();

    // then
    assertEquals(2, events.size());
    pass(INTERVAL.multipliedBy(2));
    pollAll();
    assertEquals(2, cloud.calls.size(), "polling goes on");
  }

  @Test
  void exceptionOfTheMetricsDoesNotCostAPoll() {
    // given
    poller = poller(60_000, Runnable::run, new FailingMetrics());
    poller.onResourceCreated(task("a", "T-1"));

    // when
    step();

    // then
    assertEquals(List.of("T-1"), cloud.calls);
    assertEquals(1, events.size());
  }

  @Test
  void objectThatCannotBeTrackedDoesNotStopTheOthers() {
    AckTask broken = new AckTask();

    poller.onResourceCreated(broken);
    poller.onResourceDeleted(broken);
    poller.onResourceCreated(task("a", "T-1"));

    assertEquals(1, pollAll());
  }

  /** A finalizer of another program may hold it for days. */
  @Test
  @Tag("F59")
  void objectThatIsBeingDeletedIsNotPolled() {
    // given
    AckTask task = task("a", "T-1");
    poller.onResourceCreated(task);
    pollAll();

    // when
    AckTask deleted = task("a", "T-1");
    deleted.getMetadata().setDeletionTimestamp("2026-01-02T03:04:06Z");
    poller.onResourceUpdated(deleted, task);
    pass(INTERVAL.multipliedBy(10));

    // then
    assertEquals(0, pollAll());
  }

  @Test
  void forgetsObjectsOfNamespacesThatAreNotWatchedAnyMore() {
    // given
    poller.onResourceCreated(task("team-a", "a", "T-1"));
    poller.onResourceCreated(task("team-b", "b", "T-2"));

    // when
    poller.retainNamespaces(Set.of("team-b"));
    pollAll();

    // then
    assertEquals(List.of("T-2"), cloud.calls);
    poller.retainNamespaces(Set.of());
    assertTrue(poller.pollers().isEmpty());
  }

  @Test
  void outOfMemoryEndsTheProcess() {
    cloud.answer(
        ref -> {
          throw new OutOfMemoryError("injected");
        });
    poller.onResourceCreated(task("a", "T-1"));

    pollAll();

    assertEquals(1, exits);
  }

  @Test
  void onlyACompleteAnswerCountsAfterStop() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    AckTask answered = task("a", "T-1");
    AckTask cancelled = task("b", "T-2");
    poller.onResourceCreated(answered);
    poller.onResourceCreated(cancelled);
    pollAll();
    cloud.answer(
        ref ->
            ref.taskId().equals("T-1")
                ? FakeTaskClient.state(ref, "success")
                : new TaskLookup.Unavailable(
                    TaskLookup.Unavailable.Failure.API_UNAVAILABLE, "cancelled", null));

    // when
    poller.stop();
    waiting.forEach(Runnable::run);

    // then
    assertTrue(poller.latest(answered).isPresent());
    assertTrue(poller.latest(cancelled).isEmpty());
    assertEquals(List.of(ResourceID.fromResource(answered)), events);
  }

  @Test
  void limitsConcurrentPolls() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    for (int i = 0; i < 100; i++) {
      poller.onResourceCreated(task("o" + i, "T-" + i));
    }

    // when
    pollAll();

    // then
    assertEquals(64, waiting.size());
    waiting.removeFirst().run();
    assertEquals(1, pollAll());
  }

  @Test
  @Tag("F88")
  void hangingCallsDelayNoOtherTask() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    for (int i = 0; i < 60; i++) {
      poller.onResourceCreated(task("o" + i, "T-" + i));
    }
    pollAll();
    AckTask answered = task("answered", "T-answered");

    // when
    poller.onResourceCreated(answered);
    pollAll();
    waiting.getLast().run();

    // then
    assertTrue(poller.latest(answered).isPresent());
    assertInstanceOf(Health.Alive.class, poller.check());
  }

  @Test
  void isDeadIfAPollDoesNotEnd() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    poller.onResourceCreated(task("a", "T-1"));
    pollAll();

    // when
    pass(Duration.ofSeconds(79));
    Health before = poller.check();
    pass(Duration.ofSeconds(2));

    // then
    assertInstanceOf(Health.Alive.class, before);
    assertInstanceOf(Health.Dead.class, poller.check());
    waiting.forEach(Runnable::run);
    assertInstanceOf(Health.Alive.class, poller.check());
  }

  /** Fails in each method. */
  private static final class FailingMetrics implements OperatorMetrics {
    @Override
    public void pollStarted(Duration delay) {
      throw new IllegalStateException("metrics");
    }

    @Override
    public void reconcileFailed() {
      throw new IllegalStateException("metrics");
    }

    @Override
    public void budgetAcquired(Duration wait) {
      throw new IllegalStateException("metrics");
    }

    @Override
    public void sweepEnded(String connection, int missed) {
      throw new IllegalStateException("metrics");
    }

    @Override
    public void eventEmitted(String reason) {
      throw new IllegalStateException("metrics");
    }

    @Override
    public void eventDropped() {
      throw new IllegalStateException("metrics");
    }
  }
}
