package dev.acktask.operator.controller;

import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.Subject;
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

  /** Notes when the task is due after {@code decision}. */
  Optional<Duration> next(Subject subject, Decision decision) {
    Duration wait = decision.pollAgainAfter();
    if (wait == null && subject.doubtful()) {
      // Remembered: whoever overwrites the status in a loop causes one poll per interval at most.
      agenda.looked(subject.uid(), schedule.next(subject, clock.instant()), null, null);
      return Optional.empty();
    }
    if (wait == null) {
      return done(subject);
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

  private Optional<Duration> untilAffordable(String uid) {
    if (agenda.isPromised(uid) && connection.paused().isZero()) {
      return Optional.empty();
    }
    Duration wait = connection.reserve();
    if (wait.isZero()) {
      return Optional.empty();
    }
    agenda.promise(uid, wait);
    return Optional.of(wait);
  }
}
