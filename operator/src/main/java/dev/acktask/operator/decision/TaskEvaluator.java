package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.GepDuration;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an AckTask says after one look at the cloud. Equal input gives equal output.
 *
 * <p>Only a complete answer for this very task moves the verdict. Whatever else happens is a hold:
 * the verdict stays, Synced says the cause, and the question is asked again.
 */
public final class TaskEvaluator {
  private final PollSchedule schedule;

  private final Redaction redaction;

  public TaskEvaluator(PollSchedule schedule, Redaction redaction) {
    this.schedule = schedule;
    this.redaction = redaction;
  }

  /**
   * What follows from {@code lookup}.
   *
   * @param notFoundSince of the last decision for this object, null when it is not known
   */
  public Decision evaluate(
      Subject subject, TaskLookup lookup, Instant now, @Nullable Instant notFoundSince) {
    if (subject.finished()) {
      return subject.refreshRequested()
          ? lookedAgain(subject, lookup, now)
          : acknowledge(subject, now);
    }
    return switch (lookup) {
      case TaskLookup.Found found -> seen(subject, found, now);
      case TaskLookup.NotFound missing ->
          notFound(subject, missing, now, notFoundSince == null ? now : notFoundSince);
      case TaskLookup.Throttled throttled ->
          hold(subject, Sync.lost(throttled), throttled.retryAfter(), throttled.requestId(), now);
      case TaskLookup.Rejected rejected ->
          hold(subject, Sync.lost(rejected), null, rejected.requestId(), now);
      case TaskLookup.Unavailable unavailable ->
          hold(subject, Sync.lost(unavailable), null, unavailable.requestId(), now);
    };
  }

  /**
   * What follows without a look at the cloud: the same status, speaking of the present generation.
   * Without it every generation-aware gate would hang on an edited, finished task. Of a task that
   * was never looked at, or of another one than before, nothing is known and that is said. A
   * verdict in doubt is left as it is until the cloud was asked, unless the cloud is not to be
   * asked.
   */
  public Decision acknowledge(Subject subject, Instant now) {
    AckTaskStatus stored = subject.status();
    if (stored != null && subject.doubtful() && !subject.spec().suspended()) {
      return new Decision(stored, null, null, List.of(), null);
    }
    AckTaskStatus seen = subject.trusted();
    if (seen != null && subject.finished()) {
      AckTaskStatus status = NextStatus.acknowledged(seen, subject.generation());
      Duration end = Lifetime.untilNext(subject, status, now);
      return new Decision(status, null, end, List.of(), null);
    }
    NextStatus next =
        new NextStatus(subject, Verdict.of(seen), Sync.of(seen), shown(seen), false, null, now);
    return decided(next, null, null);
  }

  /** Refuses a spec that no request may be made for; only an edit of the spec changes that. */
  public Decision refuse(Subject subject, Instant now) {
    String message = "spec.taskId is not the id of an ACK task; no request was made with it.";
    Verdict verdict = Verdict.failure(Phase.STALLED, Reason.INVALID_SPEC, message);
    Sync sync = Sync.lost(Reason.INVALID_SPEC, message);
    NextStatus next =
        new NextStatus(subject, verdict, sync, AckTaskStatus.NOTHING, false, null, now);
    return decided(next, null, null);
  }

  private Decision seen(Subject subject, TaskLookup.Found found, Instant now) {
    TaskInfo task = found.task();
    AckTaskStatus previous = subject.trusted();
    if (ofAnotherCluster(subject, task)) {
      return ofAnotherCluster(subject, found, now);
    }
    Sync sync = Sync.seen(observed(subject));
    if (isOutdated(task, previous)) {
      NextStatus next =
          new NextStatus(subject, Verdict.of(previous), sync, shown(previous), true, null, now);
      return decided(next, schedule.next(subject, now), null);
    }
    Verdict verdict = TaskVerdict.of(task, subject.spec());
    AckTaskStatus mirror = Mirror.of(task, subject.spec(), previous, redaction);
    NextStatus next = new NextStatus(subject, verdict, sync, mirror, true, found.requestId(), now);
    return decided(next, verdict.finished() ? null : schedule.next(subject, now), null);
  }

  /**
   * A fresh look at a finished task, which somebody asked for. The verdict stays whatever the cloud
   * says now; what contradicts it, or a look that failed, is told.
   */
  private Decision lookedAgain(Subject subject, TaskLookup lookup, Instant now) {
    AckTaskStatus seen = shown(subject.trusted());
    Verdict kept = Verdict.of(seen);
    AckTaskStatus mirror = seen;
    String requestId = null;
    TaskEvent told = null;
    if (!(lookup instanceof TaskLookup.Found found)) {
      told = TaskEvent.failedRefresh(subject, lookup);
    } else if (ofAnotherCluster(subject, found.task())) {
      told = TaskEvent.contradiction(subject, kept, "that it belongs to another cluster");
    } else if (!kept.agrees(TaskVerdict.of(found.task(), subject.spec()))) {
      String state = PlainText.verbatim(found.task().state());
      told = TaskEvent.contradiction(subject, kept, "the state \"" + state + "\"");
    } else {
      mirror = Mirror.of(found.task(), subject.spec(), seen, redaction);
      requestId = found.requestId();
    }
    NextStatus next = new NextStatus(subject, kept, Sync.of(seen), mirror, true, requestId, now);
    Decision decision = decided(next, null, null);
    return told == null ? decision : decision.telling(told);
  }

  private String observed(Subject subject) {
    String remarks =
        Stream.of(schedule.remark(subject.spec()), Lifetime.remark(subject.spec()))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return remarks.isEmpty() ? "The last answer of the cloud is shown." : remarks;
  }

  /** A running state older than one already shown comes from a replica that lags: no news. */
  private static boolean isOutdated(TaskInfo task, @Nullable AckTaskStatus previous) {
    return previous != null
        && !Verdict.of(previous).settled()
        && !TaskState.of(task.state()).terminal()
        && Mirror.lags(task.updated(), previous.updatedTime());
  }

  private static boolean ofAnotherCluster(Subject subject, TaskInfo task) {
    String wanted = subject.spec().clusterId();
    String actual = task.clusterId();
    return wanted != null && (actual == null || !wanted.equals(actual.strip()));
  }

  /** Task ids can be guessed, so that nothing of a task of another cluster is shown. */
  private Decision ofAnotherCluster(Subject subject, TaskLookup.Found found, Instant now) {
    String message =
        "The task does not belong to the cluster in spec.clusterId; nothing of it is shown.";
    Verdict verdict = Verdict.failure(Phase.STALLED, Reason.CLUSTER_MISMATCH, message);
    Sync sync = Sync.lost(Reason.CLUSTER_MISMATCH, message);
    NextStatus next =
        new NextStatus(subject, verdict, sync, AckTaskStatus.NOTHING, true, found.requestId(), now);
    return decided(next, schedule.stalled(subject, now), null);
  }

  private Decision notFound(
      Subject subject, TaskLookup.NotFound missing, Instant now, Instant since) {
    AckTaskStatus previous = subject.trusted();
    Verdict before = Verdict.of(previous);
    boolean believed =
        before.is(Reason.TASK_NOT_FOUND)
            || Duration.between(since, now).compareTo(schedule.notFoundGrace()) >= 0;
    String grace = GepDuration.format(schedule.notFoundGrace());
    Verdict verdict =
        believed
            ? Verdict.failure(
                Phase.STALLED,
                Reason.TASK_NOT_FOUND,
                "The cloud has not known this task for "
                    + grace
                    + " or longer; check taskId and"
                    + " the region. It is still looked for every 10m.")
            : before;
    String message =
        believed
            ? missing.message()
            : missing.message()
                + " A new task may not be readable at once: this is believed after "
                + grace
                + ".";
    Sync sync = Sync.lost(Reason.TASK_NOT_FOUND, message);
    NextStatus next =
        new NextStatus(subject, verdict, sync, shown(previous), true, missing.requestId(), now);
    Duration wait =
        believed ? schedule.stalled(subject, now) : schedule.notFound(subject, now, since);
    return decided(next, wait, since);
  }

  private Decision hold(
      Subject subject,
      Sync sync,
      @Nullable Duration retryAfter,
      @Nullable String requestId,
      Instant now) {
    AckTaskStatus previous = subject.trusted();
    Instant since = Sync.lostSince(previous);
    NextStatus next =
        new NextStatus(subject, Verdict.of(previous), sync, shown(previous), true, requestId, now);
    Duration wait = schedule.backoff(subject, now, since == null ? now : since, retryAfter);
    return decided(next, wait, null);
  }

  private static AckTaskStatus shown(@Nullable AckTaskStatus previous) {
    return previous == null ? AckTaskStatus.NOTHING : previous;
  }

  private static Decision decided(
      NextStatus next, @Nullable Duration pollAgainAfter, @Nullable Instant notFoundSince) {
    AckTaskStatus status = next.build();
    return new Decision(
        status,
        pollAgainAfter,
        Lifetime.untilNext(next.subject(), status, next.now()),
        Transitions.between(next.subject().trusted(), status),
        notFoundSince);
  }
}
