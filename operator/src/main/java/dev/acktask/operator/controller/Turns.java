package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Schedules the polls: each task at its interval, all within the request budget. */
public final class Turns {
  private final Agenda agenda;
  private final PollSchedule schedule;
  private final Connection connection;
  private final Clock clock;

  public Turns(Agenda agenda, PollSchedule schedule, Connection connection, Clock clock) {
    this.agenda = agenda;
    this.schedule = schedule;
    this.connection = connection;
    this.clock = clock;
  }

  /** Wait before the next poll of the task; empty when it may be polled now. */
  Optional<Duration> untilPoll(AckTaskSnapshot snapshot) {
    Duration untilDue = untilDue(snapshot);
    return untilDue.isPositive() ? Optional.of(untilDue) : untilBudgetAllows(snapshot.uid());
  }

  /** Polls {@code ref} for {@code task}; an unchanged answer is not parsed. */
  TaskNews poll(AckTask task, TaskRef ref) {
    return connection.describe(ref, knownAnswer(task));
  }

  /** Start of a poll, for {@link #afterPoll} or {@link #afterUnchangedPoll}. */
  long now() {
    return agenda.now();
  }

  /** Digest of the answer that leaves nothing to write for {@code task}, or null. */
  private @Nullable AnswerDigest knownAnswer(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    return meta.getResourceVersion() == null
        ? null
        : agenda.knownAnswer(meta.getUid(), meta.getResourceVersion());
  }

  /** Schedules the next poll after an unchanged answer. */
  Optional<Duration> afterUnchangedPoll(AckTaskSnapshot snapshot, long pollStart) {
    Duration wait = since(pollStart, schedule.nextPoll(snapshot, clock.instant()));
    agenda.recordUnchanged(snapshot.uid(), wait);
    return Optional.of(
        agenda
            .knownAnswerLifetime(snapshot.uid())
            .filter(end -> end.compareTo(wait) < 0)
            .orElse(wait));
  }

  /** Records that {@code found} left nothing to write. */
  void recordKnownAnswer(AckTask task, TaskLookup.Found found, Decision decision) {
    ObjectMeta meta = task.getMetadata();
    AnswerDigest answer = found.digest();
    if (answer != null && meta.getResourceVersion() != null && decision.pollAgainAfter() != null) {
      agenda.recordKnownAnswer(
          meta.getUid(), meta.getResourceVersion(), answer, decision.reconcileAgainAfter());
    }
  }

  /**
   * Schedules the next poll after {@code decision}. A finished task stays recorded until a
   * reconcile finds it idle: a reconcile with an outdated cached object must not poll again, and a
   * client that overwrites the status in a loop causes at most one poll per interval.
   *
   * @param pollStart value of {@link #now} before the poll; intervals run from start to start
   */
  Optional<Duration> afterPoll(
      AckTaskSnapshot snapshot, Decision decision, TaskLookup lookup, long pollStart) {
    Duration decided = decision.pollAgainAfter();
    Duration wait =
        decided != null && lookup instanceof TaskLookup.Found ? since(pollStart, decided) : decided;
    if (wait == null) {
      agenda.recordPoll(snapshot.uid(), schedule.nextPoll(snapshot, clock.instant()), null, null);
      return Optional.empty();
    }
    agenda.recordPoll(snapshot.uid(), wait, snapshot.spec().taskId(), decision.notFoundSince());
    return Optional.of(wait);
  }

  /** Removes a task that is not polled any more. */
  Optional<Duration> remove(AckTaskSnapshot snapshot) {
    agenda.remove(snapshot.uid());
    return Optional.empty();
  }

  @Nullable Instant notFoundSince(AckTaskSnapshot snapshot) {
    return agenda.notFoundSince(snapshot.uid(), snapshot.spec().taskId());
  }

  /** Rest of {@code wait} since {@code pollStart}; at least half of it, if the cloud is slow. */
  private Duration since(long pollStart, Duration wait) {
    Duration left = wait.minusNanos(agenda.now() - pollStart);
    Duration least = wait.dividedBy(2);
    return left.compareTo(least) > 0 ? left : least;
  }

  private Duration untilDue(AckTaskSnapshot snapshot) {
    String uid = snapshot.uid();
    if (snapshot.hasStatusOfAnotherTask()
        || snapshot.isRefreshRequested()
        || snapshot.isResumed()) {
      return Duration.ZERO;
    }
    if (agenda.isUnknown(uid)) {
      Duration wait = schedule.firstPoll(snapshot, clock.instant());
      agenda.postpone(uid, wait);
      return wait;
    }
    Duration left = agenda.untilDue(uid);
    boolean isScheduleKept = snapshot.isGenerationObserved() || agenda.isReserved(uid);
    Duration next = isScheduleKept ? left : schedule.nextPoll(snapshot, clock.instant());
    if (next.compareTo(left) < 0) {
      agenda.postpone(uid, next);
      return next;
    }
    return left;
  }

  /**
   * Keeps an existing reservation. Otherwise an object that is edited continuously would take a
   * reservation per edit and delay all other tasks indefinitely.
   */
  private Optional<Duration> untilBudgetAllows(String uid) {
    if (agenda.isReserved(uid)) {
      Duration left = agenda.untilDue(uid);
      if (left.isPositive()) {
        return Optional.of(left);
      }
      if (connection.remainingPause().isZero()) {
        return Optional.empty();
      }
    }
    Duration wait = connection.reserve();
    if (wait.isZero()) {
      return Optional.empty();
    }
    agenda.reserve(uid, wait);
    return Optional.of(wait);
  }
}
