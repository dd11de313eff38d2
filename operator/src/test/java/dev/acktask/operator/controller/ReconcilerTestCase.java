package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.metrics.RecordingMetrics;
import dev.acktask.operator.text.Redaction;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A reconciler with one object, a scripted cloud and a simulated clock. */
@SuppressWarnings("this-escape") // subclasses have no state that start() reads
public abstract class ReconcilerTestCase {
  protected static final AckTaskSpec SPEC = spec().build();

  protected final FakeTaskClient cloud = new FakeTaskClient();
  protected final FakeAckTaskStore store = new FakeAckTaskStore();
  protected final List<String> emitted = new ArrayList<>();
  protected final List<AckTaskStatus> finishedStatuses = new ArrayList<>();
  protected BiConsumer<AckTask, AckTaskStatus> finished =
      (task, status) -> finishedStatuses.add(status);
  protected final PollSchedule schedule =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
  protected Instant now = Instant.parse("2026-01-02T03:04:05Z");
  protected long nanos = 1_000_000_000L;
  protected int exits;
  protected int failures;
  protected final RecordingMetrics metrics = new RecordingMetrics();
  protected boolean isLeader = true;
  protected final ConcurrencyLimiter writes = new ConcurrencyLimiter(1, Duration.ofMinutes(1));
  protected boolean isShuttingDown;
  protected GuardedReconciler reconciler = start(6_000);

  /** Simulates a new process, which has no state outside the objects. */
  protected GuardedReconciler start(int requestsPerMinute) {
    Clock clock = new MovingClock();
    Agenda agenda = new Agenda(() -> nanos);
    Connection connection =
        new Connection(
            cloud,
            new RequestBudget(requestsPerMinute, Math.max(requestsPerMinute / 60, 1), () -> nanos),
            metrics);
    AckTaskReconciler unguarded =
        new AckTaskReconciler(
            new TaskEvaluator(schedule, Redaction.BUILT_IN),
            new StatusWriter(
                store,
                (task, events) -> events.forEach(e -> emitted.add(e.reason())),
                (task, status) -> finished.accept(task, status),
                () -> isLeader,
                writes,
                () -> nanos),
            new TtlCollector(store, () -> isLeader),
            new Turns(agenda, schedule, connection, clock),
            clock,
            () -> isShuttingDown);
    return new GuardedReconciler(
        unguarded,
        new FailureBackoff(agenda, () -> exits++, this::recordFailure, metrics),
        new ReconcileTracker(64, Duration.ofSeconds(10), () -> nanos, metrics));
  }

  protected void finish(String state) {
    finish(SPEC, state);
  }

  protected void finish(AckTaskSpec spec, String state) {
    store.create("u1", spec);
    cloud.answer(state);
    reconcileAndWait();
  }

  /** A Succeeded status, written by the operator. */
  protected AckTaskStatus success() {
    finish("success");
    return status();
  }

  protected void beforeNextWrite(Runnable meanwhile) {
    store.beforeEachWrite(
        () -> {
          store.beforeEachWrite(() -> {});
          meanwhile.run();
        });
  }

  protected AckTaskStatus status() {
    return store.current().getStatus();
  }

  protected boolean isTrue(String type) {
    return status().conditions().stream()
        .anyMatch(c -> c.type().equals(type) && c.status().equals(Condition.TRUE));
  }

  /** Milliseconds before the next reconcile, -1 for none. */
  protected long reconcile() {
    AckTask task = FakeAckTaskStore.asWatched(store.current());
    UpdateControl<AckTask> control = reconciler.reconcile(task, null);
    assertTrue(control.isNoUpdate(), "the reconciler writes by itself");
    return control.getScheduleDelay().orElse(-1L);
  }

  protected long reconcileAndWait() {
    long wait = reconcile();
    pass(Math.max(wait, 0));
    return wait;
  }

  protected long reconcileAndWait(long millis) {
    long wait = reconcile();
    pass(millis);
    return wait;
  }

  private double recordFailure() {
    failures++;
    return 0.5;
  }

  protected void pass(long millis) {
    now = now.plusMillis(millis);
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Wall clock that moves with the monotonic clock. */
  private final class MovingClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
