package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.CloudTime;
import dev.acktask.operator.text.SafeText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a whole status, so that verdict, task id, generation and conditions always match.
 *
 * @param verdict not in the status while the task is suspended
 * @param mirrored the mirrored fields: of {@link MirroredFields}, or of the previous status
 * @param isPolled true after a poll
 * @param requestId of the answer, null without one
 */
record StatusBuilder(
    AckTaskSnapshot snapshot,
    Verdict verdict,
    SyncState sync,
    AckTaskStatus mirrored,
    boolean isPolled,
    @Nullable String requestId,
    Instant now) {

  StatusBuilder {
    verdict = verdict.orSuspended(snapshot.spec());
  }

  /** The status within {@link StatusBudget}; equal to the stored one when nothing changed. */
  AckTaskStatus build() {
    AckTaskStatus previous = snapshot.trustedStatus();
    String lastRequest = previous == null ? null : previous.requestId();
    AckTaskStatus same = StatusBudget.fit(status(lastRequest));
    return same.equals(previous) || requestId == null ? same : StatusBudget.fit(status(requestId));
  }

  /** {@code status} with another observed generation. */
  static AckTaskStatus acknowledged(AckTaskStatus status, long generation) {
    return with(status, generation, Conditions.acknowledge(status.conditions(), generation));
  }

  private AckTaskStatus status(@Nullable String request) {
    String taskId = snapshot.spec().taskId();
    return mirrored.toBuilder()
        .observedGeneration(snapshot.generation())
        .phase(verdict.phase())
        .reason(verdict.reason())
        .message(SafeText.MESSAGE.of(verdict.message()))
        .taskId(taskId == null || TaskRef.parse(taskId).isEmpty() ? null : taskId)
        .startTime(text(startTime()))
        .completionTime(text(completionTime()))
        .lastHandledRefreshAt(handledRefresh())
        .requestId(request)
        .conditions(
            Conditions.of(
                verdict,
                sync,
                DeadlineAndTtl.deadline(snapshot, mirrored),
                snapshot.status(),
                snapshot.generation(),
                now))
        .build();
  }

  private @Nullable String handledRefresh() {
    AckTaskStatus previous = snapshot.trustedStatus();
    return isPolled && snapshot.refreshRequest() != null
        ? snapshot.refreshRequest()
        : previous == null ? null : previous.lastHandledRefreshAt();
  }

  private @Nullable Instant startTime() {
    return CloudTime.instant(mirrored.createdTime());
  }

  /**
   * When the task finished: the cloud's time of the last change if it is plausible, else the time
   * of the poll.
   */
  private @Nullable Instant completionTime() {
    if (!verdict.isFinished()) {
      return null;
    }
    AckTaskStatus previous = snapshot.trustedStatus();
    Instant known = previous == null ? null : CloudTime.instant(previous.completionTime());
    if (known != null) {
      return known;
    }
    Instant started = startTime();
    Instant updated = CloudTime.instant(mirrored.updatedTime());
    boolean believable =
        updated != null && !updated.isAfter(now) && (started == null || !updated.isBefore(started));
    return believable ? updated : now;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static AckTaskStatus with(AckTaskStatus s, long generation, List<Condition> conditions) {
    return s.toBuilder().observedGeneration(generation).conditions(conditions).build();
  }
}
