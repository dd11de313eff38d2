package dev.acktask.operator.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages in which a task was observed. An entry is added only together with a change of {@code
 * currentStage}, so that the list causes no additional write.
 */
final class StageTransitions {
  private StageTransitions() {}

  /**
   * {@code mirrored} with an entry for its stage, if that is not the stage of the last entry. Of
   * too many entries the newest are kept.
   *
   * @param mirrored status with the entries so far
   */
  static AckTaskStatus observed(AckTaskStatus mirrored, Instant now) {
    List<StageTransition> before = mirrored.stageTransitions();
    String stage = mirrored.currentStage();
    if (stage == null || (!before.isEmpty() && stage.equals(before.getLast().stage()))) {
      return mirrored;
    }
    int kept = Math.min(before.size(), AckTaskStatus.MAX_STAGE_TRANSITIONS - 1);
    List<StageTransition> after =
        new ArrayList<>(before.subList(before.size() - kept, before.size()));
    after.add(new StageTransition(stage, now.truncatedTo(SECONDS).toString()));
    return mirrored.toBuilder().stageTransitions(after).build();
  }
}
