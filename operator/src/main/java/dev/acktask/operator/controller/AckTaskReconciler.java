package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.decision.DeadlineAndTtl;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Reconciles one AckTask: polls the task when it is due, evaluates the answer, writes the status if
 * it changed, and schedules the next reconcile. {@link GuardedReconciler} calls it.
 */
public final class AckTaskReconciler {
  private final TaskEvaluator evaluator;
  private final StatusWriter writer;
  private final TtlCollector ttlCollector;
  private final Turns turns;
  private final Clock clock;
  private final BooleanSupplier isShuttingDown;

  public AckTaskReconciler(
      TaskEvaluator evaluator,
      StatusWriter writer,
      TtlCollector ttlCollector,
      Turns turns,
      Clock clock,
      BooleanSupplier isShuttingDown) {
    this.evaluator = evaluator;
    this.writer = writer;
    this.ttlCollector = ttlCollector;
    this.turns = turns;
    this.clock = clock;
    this.isShuttingDown = isShuttingDown;
  }

  /** Returns the delay until the next reconcile; empty if no timer is needed. */
  Optional<Duration> reconcile(AckTask task) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    if (DeadlineAndTtl.isTtlExpired(snapshot, clock.instant())) {
      ttlCollector.expire(task);
      return turns.remove(snapshot);
    }
    if (snapshot.isIdle()) {
      turns.remove(snapshot);
      return writeWithoutPoll(task);
    }
    Optional<TaskRef> ref = Optional.ofNullable(snapshot.spec().taskId()).flatMap(TaskRef::parse);
    if (ref.isEmpty()) {
      turns.remove(snapshot);
      return writer
          .write(task, fresh -> evaluator.refuse(fresh, clock.instant()))
          .map(Decision::reconcileAgainAfter);
    }
    Optional<Duration> untilPoll = turns.untilPoll(snapshot);
    return untilPoll.isPresent()
        ? sooner(untilPoll, writeWithoutPoll(task))
        : poll(task, snapshot, ref.get());
  }

  private Optional<Duration> writeWithoutPoll(AckTask task) {
    return writer
        .write(task, fresh -> evaluator.evaluateWithoutPoll(fresh, clock.instant()))
        .map(Decision::reconcileAgainAfter);
  }

  private Optional<Duration> poll(AckTask task, AckTaskSnapshot snapshot, TaskRef ref) {
    long pollStart = turns.now();
    return switch (turns.poll(task, ref)) {
      case TaskNews.None same -> turns.afterUnchangedPoll(snapshot, pollStart);
      case TaskLookup lookup -> recordObservation(task, snapshot, lookup, pollStart);
    };
  }

  private Optional<Duration> recordObservation(
      AckTask task, AckTaskSnapshot snapshot, TaskLookup lookup, long pollStart) {
    if (isShuttingDown.getAsBoolean() && !(lookup instanceof TaskLookup.Found)) {
      return turns.remove(snapshot); // the shutdown may have cancelled the call
    }
    Optional<Decision> decision =
        writer.write(
            task,
            fresh ->
                evaluator.evaluate(
                    fresh.withRefreshRequestOf(snapshot),
                    lookup,
                    clock.instant(),
                    turns.notFoundSince(snapshot)));
    if (decision.isEmpty()) {
      return turns.remove(snapshot);
    }
    Optional<Duration> next = turns.afterPoll(snapshot, decision.get(), lookup, pollStart);
    if (lookup instanceof TaskLookup.Found found
        && decision.get().status().equals(task.getStatus())) {
      turns.recordKnownAnswer(task, found, decision.get());
    }
    return sooner(next, decision.map(Decision::reconcileAgainAfter));
  }

  private static Optional<Duration> sooner(Optional<Duration> a, Optional<Duration> b) {
    return Stream.of(a, b).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }
}
