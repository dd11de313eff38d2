package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.GepDuration;
import dev.acktask.operator.text.Redaction;
import dev.acktask.operator.text.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides status and events of an AckTask, after a poll or without one. Equal input gives equal
 * output.
 *
 * <p>The verdict changes only with a complete answer for the requested task, a lasting "not found",
 * an invalid task id, or spec.suspend. Otherwise it stays, Synced reports the cause, and the task
 * is polled again.
 */
public final class TaskEvaluator {
  private final PollSchedule schedule;

  private final Redaction redaction;

  public TaskEvaluator(PollSchedule schedule, Redaction redaction) {
    this.schedule = schedule;
    this.redaction = redaction;
  }

  /** Decides after a poll. */
  public Decision evaluate(AckTaskSnapshot snapshot, Observed observed, Instant now) {
    TaskLookup lookup = observed.lookup();
    if (lookup instanceof TaskLookup.Found found
        && !found.task().taskId().equals(snapshot.spec().taskId())) {
      return evaluateWithoutPoll(snapshot, now); // never the verdict of another task
    }
    if (snapshot.isFinished()) {
      return snapshot.isRefreshRequested() && !(lookup instanceof TaskLookup.Unchanged)
          ? refreshed(snapshot, lookup, now)
          : evaluateWithoutPoll(snapshot, now);
    }
    StatusBuilder status = new StatusBuilder(snapshot, now).connection(observed.connection());
    return switch (lookup) {
      case TaskLookup.Found found -> found(snapshot, found, observed, now);
      case TaskLookup.NotFound missing -> {
        Instant since = observed.notFoundSince();
        yield notFound(
            status,
            missing,
            Verdict.of(snapshot.trustedStatus()),
            schedule.isNotFoundConfirmed(snapshot, now, since == null ? now : since));
      }
      case TaskLookup.Unchanged unchanged -> evaluateWithoutPoll(snapshot, now);
      case TaskLookup.Throttled throttled ->
          status.sync(SyncState.failed(throttled)).polled(throttled.requestId()).decide();
      case TaskLookup.Rejected rejected ->
          status.sync(SyncState.failed(rejected)).polled(rejected.requestId()).decide();
      case TaskLookup.Unavailable unavailable ->
          status.sync(SyncState.failed(unavailable)).polled(unavailable.requestId()).decide();
    };
  }

  /**
   * Decides without a poll: same content, current generation. Otherwise a gate that compares
   * observedGeneration would wait indefinitely for an edited, finished task. A status of another
   * task is reset to NotObserved. A forged verdict is left until the next poll replaces it, or
   * reset at once while polling is suspended.
   */
  public Decision evaluateWithoutPoll(AckTaskSnapshot snapshot, Instant now) {
    AckTaskStatus stored = snapshot.status();
    if (stored != null && snapshot.hasForgedVerdict() && !snapshot.spec().suspended()) {
      return new Decision(stored, null, List.of());
    }
    AckTaskStatus trusted = snapshot.trustedStatus();
    if (trusted != null && snapshot.isFinished()) {
      AckTaskStatus status = StatusBuilder.withGeneration(trusted, snapshot.generation());
      Duration end = DeadlineAndTtl.untilNext(snapshot, status, now);
      return new Decision(status, end, List.of());
    }
    return new StatusBuilder(snapshot, now).decide();
  }

  /** The decision for an invalid task id; only an edit of the spec changes it. */
  public Decision refuse(AckTaskSnapshot snapshot, Instant now) {
    String message = "spec.taskId is not the id of an ACK task; no request was made with it.";
    Verdict verdict = Verdict.failure(Phase.STALLED, Reason.INVALID_SPEC, message);
    SyncState sync = SyncState.failed(Reason.INVALID_SPEC, message);
    return new StatusBuilder(snapshot, now)
        .verdict(verdict)
        .sync(sync)
        .mirrored(AckTaskStatus.NOTHING)
        .decide();
  }

  private Decision found(
      AckTaskSnapshot snapshot, TaskLookup.Found found, Observed observed, Instant now) {
    TaskInfo task = found.task();
    StatusBuilder status = new StatusBuilder(snapshot, now).connection(observed.connection());
    if (snapshot.isInAnotherCluster(task)) {
      return clusterMismatch(status, found);
    }
    AckTaskStatus previous = previousOfSameConnection(snapshot, observed);
    SyncState sync = SyncState.observed(observedMessage(snapshot));
    if (isOutdated(task, previous)) {
      return status.sync(sync).polled(null).decide();
    }
    Verdict verdict = VerdictRules.of(task, snapshot.spec());
    AckTaskStatus mirror = MirroredFields.of(task, snapshot.spec(), previous, redaction);
    mirror = StageTransitions.observed(mirror, now);
    return status.verdict(verdict).sync(sync).mirrored(mirror).polled(found.requestId()).decide();
  }

  /** Another connection may mean another account, whose task of this id is another one. */
  private static @Nullable AckTaskStatus previousOfSameConnection(
      AckTaskSnapshot snapshot, Observed observed) {
    AckTaskStatus previous = snapshot.trustedStatus();
    return previous == null
            || previous.connection() == null
            || previous.connection().equals(observed.connection())
        ? previous
        : null;
  }

  /**
   * Evaluates the requested refresh of a finished task. The verdict stays; an event reports a
   * contradiction or a failed poll.
   */
  private Decision refreshed(AckTaskSnapshot snapshot, TaskLookup lookup, Instant now) {
    AckTaskStatus previous =
        Objects.requireNonNullElse(snapshot.trustedStatus(), AckTaskStatus.NOTHING);
    Verdict kept = Verdict.of(previous);
    AckTaskStatus mirror = previous;
    String requestId = null;
    ObjectEvent event = null;
    if (!(lookup instanceof TaskLookup.Found found)) {
      event = RefreshEvents.failed(snapshot, lookup);
    } else if (snapshot.isInAnotherCluster(found.task())) {
      event = RefreshEvents.contradiction(snapshot, kept, "another cluster");
    } else if (!kept.agreesWith(VerdictRules.of(found.task(), snapshot.spec()))) {
      String state = SafeText.verbatim(found.task().state());
      event = RefreshEvents.contradiction(snapshot, kept, "the state \"" + state + "\"");
    } else {
      mirror = MirroredFields.of(found.task(), snapshot.spec(), previous, redaction);
      requestId = found.requestId();
    }
    Decision decision =
        new StatusBuilder(snapshot, now).mirrored(mirror).polled(requestId).decide();
    return event == null ? decision : decision.withEvent(event);
  }

  private String observedMessage(AckTaskSnapshot snapshot) {
    String warnings =
        Stream.of(
                schedule.specWarning(snapshot.spec()), DeadlineAndTtl.specWarning(snapshot.spec()))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return warnings.isEmpty() ? "The last answer of the cloud is in the status." : warnings;
  }

  /**
   * An unfinished state that is older than the status comes from a server of the cloud that lags
   * behind.
   */
  private static boolean isOutdated(TaskInfo task, @Nullable AckTaskStatus previous) {
    return previous != null
        && !Verdict.of(previous).isSettled()
        && !TaskState.of(task.state()).isTerminal()
        && MirroredFields.isOlder(task.updated(), previous.updatedTime());
  }

  /** Mirrors nothing of a task of another cluster, because task ids can be guessed. */
  private static Decision clusterMismatch(StatusBuilder status, TaskLookup.Found found) {
    String message =
        "The task does not belong to the cluster in spec.clusterId; nothing of it is mirrored.";
    Verdict verdict = Verdict.failure(Phase.STALLED, Reason.CLUSTER_MISMATCH, message);
    SyncState sync = SyncState.failed(Reason.CLUSTER_MISMATCH, message);
    return status
        .verdict(verdict)
        .sync(sync)
        .mirrored(AckTaskStatus.NOTHING)
        .polled(found.requestId())
        .decide();
  }

  private Decision notFound(
      StatusBuilder status, TaskLookup.NotFound missing, Verdict before, boolean isConfirmed) {
    String grace = GepDuration.format(schedule.notFoundGrace());
    Verdict verdict =
        isConfirmed
            ? Verdict.failure(
                Phase.STALLED,
                Reason.TASK_NOT_FOUND,
                "The cloud has not known this task for "
                    + grace
                    + " or longer; check taskId and"
                    + " the region. It is still polled every 10m.")
            : before;
    String message =
        isConfirmed
            ? missing.message()
            : missing.message()
                + " A new task may not be readable at once; it counts as missing after "
                + grace
                + ".";
    return status
        .verdict(verdict)
        .sync(SyncState.failed(Reason.TASK_NOT_FOUND, message))
        .polled(missing.requestId())
        .decide();
  }
}
