package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.decision.DeadlineAndTtl;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.Observed;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.estimate.TaskKind;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.polling.Observations;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.SafeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles one AckTask: evaluates the object, the latest observation and the clock, and writes
 * the status if it changed. It never calls the cloud. {@link GuardedReconciler} calls it.
 */
public final class AckTaskReconciler {
  /** How long a new object waits for its first poll before its status says that there was none. */
  private static final Duration FIRST_POLL_TIMEOUT = Duration.ofSeconds(10);

  private final TaskEvaluator evaluator;
  private final StatusWriter writer;
  private final TtlCollector ttlCollector;
  private final Observations observations;
  private final DurationEstimates estimates;
  private final Clock clock;

  public AckTaskReconciler(
      TaskEvaluator evaluator,
      StatusWriter writer,
      TtlCollector ttlCollector,
      Observations observations,
      DurationEstimates estimates,
      Clock clock) {
    this.evaluator = evaluator;
    this.writer = writer;
    this.ttlCollector = ttlCollector;
    this.observations = observations;
    this.estimates = estimates;
    this.clock = clock;
  }

  /** Returns the delay until the next reconcile; empty if no timer is needed. */
  Optional<Duration> reconcile(AckTask task) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    if (DeadlineAndTtl.isTtlExpired(snapshot, clock.instant())) {
      ttlCollector.expire(task);
      return Optional.empty();
    }
    String taskId = snapshot.spec().taskId();
    boolean isInvalid = taskId == null || TaskRef.parse(taskId).isEmpty();
    if (isInvalid && !snapshot.isIdle()) {
      return write(task, fresh -> evaluator.refuse(fresh, clock.instant()));
    }
    Optional<Observations.Latest> latest =
        snapshot.isIdle() ? Optional.empty() : observations.latest(task);
    if (latest.isPresent()) {
      Optional<Duration> again = write(task, fresh -> evaluate(fresh, latest.get()));
      observations.release(task, latest.get());
      return again;
    }
    Optional<Duration> untilFirstStatus = untilFirstStatus(task, snapshot);
    return untilFirstStatus.isPresent()
        ? untilFirstStatus
        : write(task, fresh -> evaluator.evaluateWithoutPoll(estimated(fresh), clock.instant()));
  }

  private Optional<Duration> write(AckTask task, Function<AckTaskSnapshot, Decision> decide) {
    return writer.write(task, decide).map(Decision::reconcileAgainAfter);
  }

  /**
   * Wait before a status without an observation is written for a new object. Usually its first poll
   * ends before, which saves one write for each object.
   */
  private Optional<Duration> untilFirstStatus(AckTask task, AckTaskSnapshot snapshot) {
    if (snapshot.isStatusWritten() || snapshot.isIdle()) {
      return Optional.empty();
    }
    Duration left = FIRST_POLL_TIMEOUT.minus(observations.waitingFor(task));
    return left.isPositive() ? Optional.of(left) : Optional.empty();
  }

  private Decision evaluate(AckTaskSnapshot fresh, Observations.Latest observed) {
    Instant now = clock.instant();
    Duration notFoundFor = observed.notFoundFor();
    return evaluator.evaluate(
        fresh
            .withRefreshRequest(observed.answeredRequest())
            .withUsualDurations(estimates.of(kind(fresh, observed))),
        new Observed(
            observed.lookup(),
            notFoundFor == null ? null : now.minus(notFoundFor),
            observed.connection()),
        now);
  }

  private AckTaskSnapshot estimated(AckTaskSnapshot fresh) {
    return fresh.withUsualDurations(estimates.of(kind(fresh.status())));
  }

  /** What the answer says, because the status may not have it yet. */
  private static Optional<TaskKind> kind(AckTaskSnapshot fresh, Observations.Latest observed) {
    return observed.lookup() instanceof TaskLookup.Found found
        ? TaskKind.of(observed.connection(), SafeText.WORD.orNull(found.task().taskType()))
        : kind(fresh.status());
  }

  private static Optional<TaskKind> kind(@Nullable AckTaskStatus status) {
    return status == null ? Optional.empty() : TaskKind.of(status);
  }
}
