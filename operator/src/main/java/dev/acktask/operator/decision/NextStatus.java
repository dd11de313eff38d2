package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.task.TaskRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a status is made of. Verdict, task id, generation and conditions move together in one
 * value, so that no reader ever sees one without the others.
 *
 * @param verdict what is known of the outcome; of a suspended task it is not shown
 * @param shown what is mirrored of the task: a {@link Mirror}, or the previous status
 * @param looked whether the cloud was asked
 * @param requestId of the answer behind it, null when there was none
 */
record NextStatus(
    Subject subject,
    Verdict verdict,
    Sync sync,
    AckTaskStatus shown,
    boolean looked,
    @Nullable String requestId,
    Instant now) {

  NextStatus {
    verdict = verdict.under(subject.spec());
  }

  /** The status, within its budget; equal to the stored one when nothing changed. */
  AckTaskStatus build() {
    AckTaskStatus previous = subject.trusted();
    String lastRequest = previous == null ? null : previous.requestId();
    AckTaskStatus same = StatusBudget.fit(status(lastRequest));
    return same.equals(previous) || requestId == null ? same : StatusBudget.fit(status(requestId));
  }

  /** {@code status} unchanged but for the generation that it speaks of. */
  static AckTaskStatus acknowledged(AckTaskStatus status, long generation) {
    return with(status, generation, Conditions.acknowledge(status.conditions(), generation));
  }

  private AckTaskStatus status(@Nullable String request) {
    String taskId = subject.spec().taskId();
    return new AckTaskStatus(
        subject.generation(),
        verdict.phase(),
        verdict.reason(),
        PlainText.MESSAGE.of(verdict.message()),
        taskId == null || TaskRef.parse(taskId).isEmpty() ? null : taskId,
        shown.state(),
        shown.taskType(),
        shown.clusterId(),
        shown.target(),
        shown.currentStage(),
        shown.createdTime(),
        shown.updatedTime(),
        text(startTime()),
        text(completionTime()),
        shown.progress(),
        shown.stages(),
        shown.events(),
        shown.results(),
        shown.error(),
        shown.parameters(),
        shown.omitted(),
        handledRefresh(),
        request,
        Conditions.of(
            verdict,
            sync,
            Lifetime.deadline(subject, shown),
            subject.status(),
            subject.generation(),
            now));
  }

  private @Nullable String handledRefresh() {
    AckTaskStatus previous = subject.trusted();
    return looked && subject.refreshRequest() != null
        ? subject.refreshRequest()
        : previous == null ? null : previous.lastHandledRefreshAt();
  }

  private @Nullable Instant startTime() {
    return CloudTime.instant(shown.createdTime());
  }

  /**
   * When the task finished: the cloud's own time of the last change where it can be believed, else
   * the time of the look.
   */
  private @Nullable Instant completionTime() {
    if (!verdict.finished()) {
      return null;
    }
    AckTaskStatus previous = subject.trusted();
    Instant known = previous == null ? null : CloudTime.instant(previous.completionTime());
    if (known != null) {
      return known;
    }
    Instant started = startTime();
    Instant updated = CloudTime.instant(shown.updatedTime());
    boolean believable =
        updated != null && !updated.isAfter(now) && (started == null || !updated.isBefore(started));
    return believable ? updated : now;
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static AckTaskStatus with(AckTaskStatus s, long generation, List<Condition> conditions) {
    return new AckTaskStatus(
        generation,
        s.phase(),
        s.reason(),
        s.message(),
        s.taskId(),
        s.state(),
        s.taskType(),
        s.clusterId(),
        s.target(),
        s.currentStage(),
        s.createdTime(),
        s.updatedTime(),
        s.startTime(),
        s.completionTime(),
        s.progress(),
        s.stages(),
        s.events(),
        s.results(),
        s.error(),
        s.parameters(),
        s.omitted(),
        s.lastHandledRefreshAt(),
        s.requestId(),
        conditions);
  }
}
