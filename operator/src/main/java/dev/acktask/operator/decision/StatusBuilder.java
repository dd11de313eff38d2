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
 * Builds a whole status, so that verdict, task id, generation and conditions always match. Without
 * other calls it keeps what the trusted status has: verdict, sync state and mirrored fields.
 */
final class StatusBuilder {
  private final AckTaskSnapshot snapshot;
  private final Instant now;
  private Verdict verdict;
  private SyncState sync;
  private AckTaskStatus mirrored;
  private boolean isPolled;
  private @Nullable String requestId;
  private AckTaskStatus.@Nullable Connection connection;

  StatusBuilder(AckTaskSnapshot snapshot, Instant now) {
    AckTaskStatus previous = snapshot.trustedStatus();
    this.snapshot = snapshot;
    this.now = now;
    this.verdict = Verdict.of(previous);
    this.sync = SyncState.of(previous);
    this.mirrored = previous == null ? AckTaskStatus.NOTHING : previous;
    this.connection = mirrored.connection();
  }

  /** Sets the verdict; it is not in the status while the task is suspended. */
  StatusBuilder verdict(Verdict verdict) {
    this.verdict = verdict;
    return this;
  }

  StatusBuilder sync(SyncState sync) {
    this.sync = sync;
    return this;
  }

  /** Takes the mirrored fields from {@code mirrored}, for example of {@link MirroredFields}. */
  StatusBuilder mirrored(AckTaskStatus mirrored) {
    this.mirrored = mirrored;
    return this;
  }

  /**
   * Records a poll, which answers a refresh request.
   *
   * @param requestId of the answer, null without one
   */
  StatusBuilder polled(@Nullable String requestId) {
    this.isPolled = true;
    this.requestId = requestId;
    return this;
  }

  /** Sets the connection of the poll; null keeps the one in the status. */
  StatusBuilder connection(AckTaskStatus.@Nullable Connection polled) {
    this.connection = polled == null ? connection : polled;
    return this;
  }

  /** The decision to write this status. */
  Decision decide() {
    AckTaskStatus status = build();
    // The same verdict by another client: nothing is written, so the TTL never applies to it.
    boolean isUntrusted = snapshot.hasForgedVerdict() && status.equals(snapshot.status());
    return new Decision(
        status,
        isUntrusted ? null : DeadlineAndTtl.untilNext(snapshot, status, now),
        TransitionEvents.between(snapshot.trustedStatus(), status));
  }

  /**
   * The status within {@link StatusBudget}; equal to the stored one when nothing changed but the id
   * of the request or the estimate.
   */
  private AckTaskStatus build() {
    AckTaskStatus previous = snapshot.trustedStatus();
    String lastRequest = previous == null ? null : previous.requestId();
    Verdict visible = verdict.orSuspended(snapshot.spec());
    ExpectedEnd kept = ExpectedEnd.kept(snapshot, mirrored, visible, now);
    AckTaskStatus same = StatusBudget.fit(status(lastRequest, kept));
    if (same.equals(previous)) {
      return same;
    }
    ExpectedEnd latest = ExpectedEnd.latest(snapshot, mirrored, visible, now);
    return StatusBudget.fit(status(requestId == null ? lastRequest : requestId, latest));
  }

  /** {@code status} with another observed generation. */
  static AckTaskStatus withGeneration(AckTaskStatus status, long generation) {
    return with(status, generation, Conditions.withGeneration(status.conditions(), generation));
  }

  private AckTaskStatus status(@Nullable String request, ExpectedEnd end) {
    String taskId = snapshot.spec().taskId();
    Verdict visible = verdict.orSuspended(snapshot.spec());
    return mirrored.toBuilder()
        .observedGeneration(snapshot.generation())
        .phase(visible.phase())
        .reason(visible.reason())
        .message(SafeText.MESSAGE.of(visible.message()))
        .taskId(taskId == null || TaskRef.parse(taskId).isEmpty() ? null : taskId)
        .startTime(text(startTime()))
        .completionTime(visible.isFinished() ? text(completionTime()) : null)
        .estimatedCompletionTime(end.completionTime())
        .estimateSampleSize(end.sampleSize())
        .lastHandledRefreshAt(handledRefresh())
        .requestId(request)
        .connection(connection)
        .conditions(
            Conditions.of(
                visible,
                sync,
                new Lateness(DeadlineAndTtl.deadline(snapshot, mirrored), end.slowness()),
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
  private Instant completionTime() {
    AckTaskStatus previous = snapshot.trustedStatus();
    Instant known = previous == null ? null : CloudTime.instant(previous.completionTime());
    if (known != null) {
      return known;
    }
    Instant started = startTime();
    Instant updated = CloudTime.instant(mirrored.updatedTime());
    boolean isBefore = updated != null && started != null && updated.isBefore(started);
    return updated == null || updated.isAfter(now) || isBefore ? now : updated;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static AckTaskStatus with(AckTaskStatus s, long generation, List<Condition> conditions) {
    return s.toBuilder().observedGeneration(generation).conditions(conditions).build();
  }
}
