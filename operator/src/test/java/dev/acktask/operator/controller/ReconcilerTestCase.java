package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.connection.FakeConnections;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.framework.FailureBackoff;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.metrics.RecordingMetrics;
import dev.acktask.operator.polling.SimulatedPoller;
import dev.acktask.operator.text.Redaction;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.RetryExecution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
  protected final FakeConnections connections =
      new FakeConnections(key -> cloud, 6_000, () -> nanos);
  protected SimulatedPoller poller;
  protected DurationEstimates estimates;
  private RetryExecution retry;
  private AckTask known;
  protected GuardedReconciler reconciler = start(6_000);

  /** Simulates a new process, which has no state outside the objects. */
  protected GuardedReconciler start(int requestsPerMinute) {
    Clock clock = new MovingClock();
    connections.restart(requestsPerMinute);
    poller =
        new SimulatedPoller(
            connections.resolver(), schedule, clock, () -> nanos, metrics, () -> exits++);
    retry = null;
    estimates = new DurationEstimates(clock);
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
            poller.poller(),
            estimates,
            clock);
    return new GuardedReconciler(
        unguarded,
        poller.poller(),
        estimates,
        new ReconcileTracker(() -> nanos),
        metrics,
        () -> exits++);
  }

  protected void finish(String state) {
    finish(SPEC, state);
  }

  protected void finish(AckTaskSpec spec, String state) {
    store.create("u1", spec);
    cloud.answer(state);
    reconcileAndWait();
  }

  /** A Succeeded status, as the operator writes it, before a restart. */
  protected AckTaskStatus success() {
    finish("success");
    reconciler = start(6_000);
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

  /**
   * What informer, framework and poller do now: the poller gets the object, the object is
   * reconciled, the polls that are due run, and their objects are reconciled.
   *
   * @return milliseconds before the next poll or reconcile, -1 for none
   */
  protected long reconcile() {
    informPoller();
    long first = reconcileOnce();
    long next = poll().orElse(first);
    long untilPoll = poller.untilNextPoll().map(ReconcilerTestCase::millis).orElse(-1L);
    return next < 0 ? untilPoll : untilPoll < 0 ? next : Math.min(next, untilPoll);
  }

  /** Polls, and reconciles the object if that raises an event; what the last reconcile returns. */
  private OptionalLong poll() {
    OptionalLong next = OptionalLong.empty();
    informPoller();
    while (poller.poll()) {
      if (!poller.takeEvents().isEmpty() && !store.isEmpty()) {
        next = OptionalLong.of(reconcileOnce());
      }
    }
    informPoller();
    return next;
  }

  /** As {@link #reconcileAndWait()}, if neither a timer nor a change causes a reconcile. */
  protected void pollAndWait() {
    poll();
    pass(untilNextPoll());
  }

  private void informPoller() {
    if (store.isEmpty()) {
      if (known != null) {
        poller.delete(known);
      }
      return;
    }
    known = FakeAckTaskStore.asWatched(store.current());
    poller.put(known);
  }

  private long reconcileOnce() {
    return store.isEmpty() ? -1 : reconcileOnce(FakeAckTaskStore.asWatched(store.current()));
  }

  /** Reconciles {@code task} as the framework does, which retries a failure after a pause. */
  protected long reconcileOnce(AckTask task) {
    try {
      UpdateControl<AckTask> control = reconciler.reconcile(task, new RetryContext(retry).get());
      assertTrue(control.isNoUpdate(), "the reconciler writes by itself");
      retry = null;
      return control.getScheduleDelay().orElse(-1L);
    } catch (ReconcileGuard.ReconcileFailure failure) {
      failures++;
      retry = retry == null ? new FailureBackoff(() -> 0.5).initExecution() : retry;
      return retry.nextDelay().orElseThrow();
    }
  }

  /** Rounded up, so that what is waited for has happened afterwards. */
  protected static long millis(Duration duration) {
    return duration.plusNanos(999_999).toMillis();
  }

  /** Milliseconds before the next poll. */
  protected long untilNextPoll() {
    return millis(poller.untilNextPoll().orElseThrow());
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
