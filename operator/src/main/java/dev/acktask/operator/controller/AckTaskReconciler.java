package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.Lifetime;
import dev.acktask.operator.decision.Subject;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Follows one AckTask: asks the cloud when it is time, decides what the answer means, writes what
 * changed and says when to come back.
 */
public final class AckTaskReconciler implements Reconciler<AckTask> {
  private final Connection connection;
  private final TaskEvaluator evaluator;
  private final StatusWriter writer;
  private final Expiry expiry;
  private final Turns turns;
  private final Stumble stumble;
  private final Clock clock;
  private final BooleanSupplier ending;

  AckTaskReconciler(
      Connection connection,
      TaskEvaluator evaluator,
      StatusWriter writer,
      Expiry expiry,
      Turns turns,
      Stumble stumble,
      Clock clock,
      BooleanSupplier ending) {
    this.connection = connection;
    this.evaluator = evaluator;
    this.writer = writer;
    this.expiry = expiry;
    this.turns = turns;
    this.stumble = stumble;
    this.clock = clock;
    this.ending = ending;
  }

  /** Never throws, not even an Error: the framework would never visit the object again. */
  @Override
  public UpdateControl<AckTask> reconcile(AckTask task, Context<AckTask> context) {
    UpdateControl<AckTask> control = UpdateControl.noUpdate();
    try {
      return follow(task).map(control::rescheduleAfter).orElse(control);
    } catch (Throwable unexpected) {
      return control.rescheduleAfter(stumble.over(task, unexpected));
    }
  }

  /** Unreachable as long as {@link #reconcile} keeps its promise; a net that retries for ever. */
  @Override
  public ErrorStatusUpdateControl<AckTask> updateErrorStatus(
      AckTask task, Context<AckTask> context, Exception unexpected) {
    return ErrorStatusUpdateControl.<AckTask>noStatusUpdate()
        .rescheduleAfter(stumble.over(task, unexpected));
  }

  /** Returns when to come back, or nothing when only an edit of the object can bring news. */
  private Optional<Duration> follow(AckTask task) {
    Subject subject = Subjects.of(task);
    if (Lifetime.isOver(subject, clock.instant())) {
      expiry.expire(task);
      return turns.done(subject);
    }
    if (subject.atRest()) {
      turns.done(subject);
      return acknowledge(task);
    }
    Optional<TaskRef> ref = Optional.ofNullable(subject.spec().taskId()).flatMap(TaskRef::parse);
    if (ref.isEmpty()) {
      writer.write(task, fresh -> evaluator.refuse(fresh, clock.instant()));
      return turns.done(subject);
    }
    Optional<Duration> notYet = turns.wait(subject);
    return notYet.isPresent() ? sooner(notYet, acknowledge(task)) : look(task, subject, ref.get());
  }

  private Optional<Duration> acknowledge(AckTask task) {
    return writer
        .write(task, fresh -> evaluator.acknowledge(fresh, clock.instant()))
        .map(Decision::visitAgainAfter);
  }

  private Optional<Duration> look(AckTask task, Subject subject, TaskRef ref) {
    long asked = turns.now();
    return switch (connection.describe(ref, turns.settledBy(task))) {
      case TaskNews.None same -> turns.again(subject, asked);
      case TaskLookup seen -> conclude(task, subject, seen, asked);
    };
  }

  private Optional<Duration> conclude(AckTask task, Subject subject, TaskLookup seen, long asked) {
    if (ending.getAsBoolean() && !(seen instanceof TaskLookup.Found)) {
      return turns.done(subject); // dropped by our own end, which says nothing of the cloud
    }
    Optional<Decision> decision =
        writer.write(
            task,
            fresh ->
                evaluator.evaluate(
                    fresh.answering(subject), seen, clock.instant(), turns.notFoundSince(subject)));
    if (decision.isEmpty()) {
      return turns.done(subject);
    }
    Optional<Duration> next = turns.next(subject, decision.get(), seen, asked);
    if (seen instanceof TaskLookup.Found found
        && decision.get().status().equals(task.getStatus())) {
      turns.settle(task, found, decision.get());
    }
    return sooner(next, decision.map(Decision::visitAgainAfter));
  }

  private static Optional<Duration> sooner(Optional<Duration> a, Optional<Duration> b) {
    return Stream.of(a, b).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }
}
