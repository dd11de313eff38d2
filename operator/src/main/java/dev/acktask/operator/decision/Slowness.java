package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.estimate.UsualDurations;
import dev.acktask.operator.text.CloudTime;
import dev.acktask.operator.text.GepDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Content of the SlowerThanUsual condition. It has no running number, so that it does not change
 * with every poll.
 *
 * @param reason API name of a {@link Reason}
 */
record Slowness(String reason, String message) {
  /** The content in {@code status}, or null. */
  static @Nullable Slowness stored(AckTaskStatus status) {
    Condition stored = Conditions.find(status, ConditionType.SLOWER_THAN_USUAL);
    return stored == null ? null : new Slowness(stored.reason(), stored.message());
  }

  /**
   * The content for an unfinished task; null if it has not taken longer than nine of ten.
   *
   * @param status with start time and stages
   */
  static @Nullable Slowness of(
      AckTaskStatus status, Instant start, UsualDurations usual, Instant now) {
    if (!usual.isKnown() || now.isBefore(start.plus(usual.percentile90()))) {
      return null;
    }
    String task =
        "Nine of ten tasks of this type took at most "
            + GepDuration.format(usual.percentile90())
            + " (of "
            + usual.sampleSize()
            + " that succeeded).";
    Duration stage = exceeded(status, usual, now);
    return stage == null
        ? new Slowness(Reason.TASK_SLOW.apiName(), task)
        : new Slowness(
            Reason.STAGE_SLOW.apiName(),
            task
                + " Its stage "
                + status.currentStage()
                + " has taken longer than usual: at most "
                + GepDuration.format(stage)
                + ".");
  }

  /** How long the current stage usually takes, if it has taken longer; else null. */
  private static @Nullable Duration exceeded(
      AckTaskStatus status, UsualDurations usual, Instant now) {
    List<StageTransition> transitions = status.stageTransitions();
    String stage = status.currentStage();
    if (stage == null || transitions.isEmpty() || !stage.equals(transitions.getLast().stage())) {
      return null;
    }
    Duration limit = usual.stages().get(stage);
    Instant since = CloudTime.instant(transitions.getLast().firstSeenTime());
    return limit == null || since == null || now.isBefore(since.plus(limit)) ? null : limit;
  }
}
