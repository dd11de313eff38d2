package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.GepDuration;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an AckTask says after one look at the cloud. Equal input gives equal output.
 *
 * <p>Only a complete answer for this very task moves the verdict. Whatever else happens is a hold:
 * the verdict stays, Synced says the cause, and the question is asked again.
 */
public final class TaskEvaluator {
  private final PollSchedule schedule;

  public TaskEvaluator(PollSchedule schedule) {
    this.schedule = schedule;
  }

  /**
   * What follows from {@code lookup}.
   *
   * @param notFoundSince of the last decision for this object, null when it is not known
   */
  public Decision evaluate(
      Subject subject, TaskLookup lookup, Instant now, @Nullable Instant notFoundSince) {
    if (subject.finished()) {
      return acknowledge(subject, now);
    }
    return switch (lookup) {
      case TaskLookup.Found found -> seen(subject, found, now);
      case TaskLookup.NotFound missing ->
          notFound(subject, missing, now, notFoundSince == null ? now : notFoundSince);
      case TaskLookup.Throttled throttled ->
          hold(
              subject,
              Sync.lost(Reason.THROTTLED, throttled.message()),
              throttled.retryAfter(),
              throttled.requestId(),
              now);
      case TaskLookup.Rejected rejected ->
          hold(
              subject,
              Sync.lost(reason(rejected.cause()), rejected.message()),
              null,
              rejected.requestId(),
              now);
      case TaskLookup.Unavailable unavailable ->
          hold(
              subject,
              Sync.lost(reason(unavailable.cause()), unavailable.message()),
              null,
              unavailable.requestId(),
              now);
    };
  }

  /**
   * Answers an edit of the spec without a look at the cloud: the same status, speaking of the new
   * generation. Without it every generation-aware gate would hang on a finished task. Of a task
   * that was never looked at, or of another one than before, nothing is known and that is said. A
   * verdict in doubt is left as it is until the cloud was asked.
   */
  public Decision acknowledge(Subject subject, Instant now) {
    AckTaskStatus stored = subject.status();
    if (stored != null && subject.doubtful()) {
      return new Decision(stored, null, List.of(), null);
    }
    AckTaskStatus seen = subject.trusted();
    if (seen == null) {
      NextStatus next =
          new NextStatus(
              subject, Verdict.notObserved(), Sync.of(null), AckTaskStatus.NOTHING, null, now);
      return decided(subject, next, null, null);
    }
    return new Decision(NextStatus.acknowledged(seen, subject.generation()), null, List.of(), null);
  }

  /** Refuses a spec that no request may be made for; only an edit of the spec changes that. */
  public Decision refuse(Subject subject, Instant now) {
    String message = "spec.taskId is not the id of an ACK task; no request was made with it.";
    Verdict verdict = Verdict.failure(Phase.STALLED, Reason.INVALID_SPEC, message);
    Sync sync = Sync.lost(Reason.INVALID_SPEC, message);
    NextStatus next = new NextStatus(subject, verdict, sync, AckTaskStatus.NOTHING, null, now);
    return decided(subject, next, null, null);
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
          new NextStatus(subject, Verdict.of(previous), sync, shown(previous), null, now);
      return decided(subject, next, schedule.next(subject, now), null);
    }
    Verdict verdict = TaskVerdict.of(task, subject.spec());
    AckTaskStatus mirror = Mirror.of(task, subject.spec(), previous);
    NextStatus next = new NextStatus(subject, verdict, sync, mirror, found.requestId(), now);
    return decided(subject, next, verdict.finished() ? null : schedule.next(subject, now), null);
  }

  private String observed(Subject subject) {
    String remark = schedule.remark(subject.spec());
    return remark == null ? "The last answer of the cloud is shown." : remark;
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
        new NextStatus(subject, verdict, sync, AckTaskStatus.NOTHING, found.requestId(), now);
    return decided(subject, next, schedule.stalled(subject, now), null);
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
        new NextStatus(subject, verdict, sync, shown(previous), missing.requestId(), now);
    Duration wait =
        believed ? schedule.stalled(subject, now) : schedule.notFound(subject, now, since);
    return decided(subject, next, wait, since);
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
        new NextStatus(subject, Verdict.of(previous), sync, shown(previous), requestId, now);
    Duration wait = schedule.backoff(subject, now, since == null ? now : since, retryAfter);
    return decided(subject, next, wait, null);
  }

  private static AckTaskStatus shown(@Nullable AckTaskStatus previous) {
    return previous == null ? AckTaskStatus.NOTHING : previous;
  }

  private static Decision decided(
      Subject subject,
      NextStatus next,
      @Nullable Duration pollAgainAfter,
      @Nullable Instant notFoundSince) {
    AckTaskStatus status = next.build();
    return new Decision(
        status, pollAgainAfter, Transitions.between(subject.trusted(), status), notFoundSince);
  }

  private static Reason reason(TaskLookup.Rejected.Refusal cause) {
    return switch (cause) {
      case UNAUTHORIZED -> Reason.UNAUTHORIZED;
      case FORBIDDEN -> Reason.FORBIDDEN;
      case CLOCK_SKEW -> Reason.CLOCK_SKEW;
      case INVALID_REQUEST -> Reason.INVALID_REQUEST;
      case CREDENTIALS_MISSING -> Reason.CREDENTIALS_MISSING;
      case CREDENTIALS_INVALID -> Reason.CREDENTIALS_INVALID;
    };
  }

  private static Reason reason(TaskLookup.Unavailable.Failure cause) {
    return switch (cause) {
      case API_UNAVAILABLE -> Reason.API_UNAVAILABLE;
      case TLS_ERROR -> Reason.TLS_ERROR;
      case RESPONSE_INVALID -> Reason.RESPONSE_INVALID;
      case RESPONSE_TOO_LARGE -> Reason.RESPONSE_TOO_LARGE;
      case TASK_ID_MISMATCH -> Reason.TASK_ID_MISMATCH;
    };
  }
}
