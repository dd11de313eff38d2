package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.Subject;
import dev.acktask.operator.task.Fingerprint;
import dev.acktask.operator.task.TaskLookup;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose turn it is to be asked for: each task at its own pace, all of them within the budget. */
final class Turns {
  private final Agenda agenda;
  private final PollSchedule schedule;
  private final Connection connection;
  private final Clock clock;

  Turns(Agenda agenda, PollSchedule schedule, Connection connection, Clock clock) {
    this.agenda = agenda;
    this.schedule = schedule;
    this.connection = connection;
    this.clock = clock;
  }

  /** How long the task has to wait for its turn; empty when it may be asked for now. */
  Optional<Duration> wait(Subject subject) {
    Duration own = untilDue(subject);
    return own.isPositive() ? Optional.of(own) : untilAffordable(subject.uid());
  }

  /** A moment to be handed to {@link #next} or {@link #again}. */
  long now() {
    return agenda.now();
  }

  /**
   * The answer that would mean nothing new for the object, so that it need not be read; null when
   * any answer has to be.
   */
  @Nullable Fingerprint settledBy(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    return meta.getResourceVersion() == null
        ? null
        : agenda.settledBy(meta.getUid(), meta.getResourceVersion());
  }

  /** Notes when the task is due after the answer that it was settled by has come again. */
  Optional<Duration> again(Subject subject, long asked) {
    Duration wait = since(asked, schedule.next(subject, clock.instant()));
    agenda.lookedAgain(subject.uid(), wait);
    return Optional.of(
        agenda.settledFor(subject.uid()).filter(end -> end.compareTo(wait) < 0).orElse(wait));
  }

  /** Notes that {@code found} led to {@code decision}, which left nothing to write. */
  void settle(AckTask task, TaskLookup.Found found, Decision decision) {
    ObjectMeta meta = task.getMetadata();
    Fingerprint answer = found.fingerprint();
    if (answer != null && meta.getResourceVersion() != null && decision.pollAgainAfter() != null) {
      agenda.settle(meta.getUid(), meta.getResourceVersion(), answer, decision.visitAgainAfter());
    }
  }

  /**
   * Notes when the task is due after {@code decision}. One that nothing more is to be asked about
   * is remembered until it is seen at rest: a visit whose object is older than what was just
   * written must not ask again, and whoever overwrites the status in a loop causes one poll per
   * interval at most.
   *
   * @param asked when the cloud was asked; the pace is that of the questions where it answered
   */
  Optional<Duration> next(Subject subject, Decision decision, TaskLookup seen, long asked) {
    Duration decided = decision.pollAgainAfter();
    Duration wait =
        decided != null && seen instanceof TaskLookup.Found ? since(asked, decided) : decided;
    if (wait == null) {
      agenda.looked(subject.uid(), schedule.next(subject, clock.instant()), null, null);
      return Optional.empty();
    }
    agenda.looked(subject.uid(), wait, subject.spec().taskId(), decision.notFoundSince());
    return Optional.of(wait);
  }

  /** Forgets a task that nothing more is to be asked about. */
  Optional<Duration> done(Subject subject) {
    agenda.forget(subject.uid());
    return Optional.empty();
  }

  @Nullable Instant notFoundSince(Subject subject) {
    return agenda.notFoundSince(subject.uid(), subject.spec().taskId());
  }

  /** What is left of {@code wait}; half of it at least, for a cloud that takes long to answer. */
  private Duration since(long asked, Duration wait) {
    Duration left = wait.minusNanos(agenda.now() - asked);
    Duration least = wait.dividedBy(2);
    return left.compareTo(least) > 0 ? left : least;
  }

  private Duration untilDue(Subject subject) {
    String uid = subject.uid();
    if (subject.speaksOfAnotherTask() || subject.refreshRequested() || subject.resumed()) {
      return Duration.ZERO;
    }
    if (agenda.isFirstSight(uid)) {
      Duration wait = schedule.firstLook(subject, clock.instant());
      agenda.postpone(uid, wait);
      return wait;
    }
    Duration left = agenda.untilDue(uid);
    boolean keepsItsTurn = subject.acknowledged() || agenda.isPromised(uid);
    Duration next = keepsItsTurn ? left : schedule.next(subject, clock.instant());
    if (next.compareTo(left) < 0) {
      agenda.postpone(uid, next);
      return next;
    }
    return left;
  }

  /**
   * Events do not bring a promised request forward: an object that is edited all the time would use
   * up a promise at each edit, go beyond the budget, and move the turn of every other task further
   * and further away.
   */
  private Optional<Duration> untilAffordable(String uid) {
    if (agenda.isPromised(uid)) {
      Duration left = agenda.untilDue(uid);
      if (left.isPositive()) {
        return Optional.of(left);
      }
      if (connection.paused().isZero()) {
        return Optional.empty();
      }
    }
    Duration wait = connection.reserve();
    if (wait.isZero()) {
      return Optional.empty();
    }
    agenda.promise(uid, wait);
    return Optional.of(wait);
  }
}
