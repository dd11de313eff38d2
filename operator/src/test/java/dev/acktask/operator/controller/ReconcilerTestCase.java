package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
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

/** A reconciler with one object, a scripted cloud and a clock of its own; nothing waits. */
abstract class ReconcilerTestCase {
  static final String TASK_ID = "T-000000000000000000000a01";
  static final AckTaskSpec SPEC =
      new AckTaskSpec(TASK_ID, null, null, null, null, null, null, null);

  final FakeTaskClient cloud = new FakeTaskClient();
  final FakeAckTaskStore store = new FakeAckTaskStore();
  final List<String> told = new ArrayList<>();
  final List<AckTaskStatus> ended = new ArrayList<>();
  BiConsumer<AckTask, AckTaskStatus> finished = (task, status) -> ended.add(status);
  final PollSchedule schedule =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
  Instant now = Instant.parse("2026-01-02T03:04:05Z");
  long nanos = 1_000_000_000L;
  int exits;
  int stumbles;
  int failures;
  boolean leads = true;
  final FewAtOnce writes = new FewAtOnce(1, Duration.ofMinutes(1));
  boolean ending;
  AckTaskReconciler reconciler = start(6_000);

  /** A new process: nothing is remembered but what the objects hold. */
  AckTaskReconciler start(int requestsPerMinute) {
    Clock clock = new MovingClock();
    Agenda agenda = new Agenda(() -> nanos);
    Connection connection =
        new Connection(
            cloud,
            new RequestBudget(requestsPerMinute, Math.max(requestsPerMinute / 60, 1), () -> nanos));
    return new AckTaskReconciler(
        connection,
        new TaskEvaluator(schedule, Redaction.BUILT_IN),
        new StatusWriter(
            store,
            (task, events) -> events.forEach(e -> told.add(e.reason())),
            (task, status) -> finished.accept(task, status),
            () -> leads,
            writes,
            () -> nanos),
        new Expiry(store, () -> leads),
        new Turns(agenda, schedule, connection, clock),
        new Stumble(agenda, () -> exits++, this::stumble, () -> failures++),
        clock,
        () -> ending);
  }

  void finish(String state) {
    store.create("u1", SPEC);
    cloud.answer(state);
    reconcileAndWait();
  }

  /** A status that says success as the operator would have written it. */
  AckTaskStatus success() {
    finish("success");
    return status();
  }

  void once(Runnable meanwhile) {
    store.beforeEachWrite(
        () -> {
          store.beforeEachWrite(() -> {});
          meanwhile.run();
        });
  }

  AckTaskStatus status() {
    return store.current().getStatus();
  }

  /** Milliseconds until the reconciler wants to be called again, -1 for never. */
  long reconcile() {
    AckTask task = FakeAckTaskStore.asWatched(store.current());
    UpdateControl<AckTask> control = reconciler.reconcile(task, null);
    assertTrue(control.isNoUpdate(), "the reconciler writes by itself");
    return control.getScheduleDelay().orElse(-1L);
  }

  long reconcileAndWait() {
    long wait = reconcile();
    pass(Math.max(wait, 0));
    return wait;
  }

  long reconcileAndWait(long millis) {
    long wait = reconcile();
    pass(millis);
    return wait;
  }

  private double stumble() {
    stumbles++;
    return 0.5;
  }

  void pass(long millis) {
    now = now.plusMillis(millis);
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** The wall clock of this test, which moves with the monotonic one. */
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
