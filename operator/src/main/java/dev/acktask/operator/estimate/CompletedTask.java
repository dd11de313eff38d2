package dev.acktask.operator.estimate;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import dev.acktask.operator.text.CloudTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A succeeded task whose times can be compared.
 *
 * @param duration from its start in the cloud to its end
 */
record CompletedTask(Duration duration, Instant end, List<StageTransition> stages) {
  /** Longer ones are errors of a clock or of a format. */
  private static final Duration LONGEST = Duration.ofDays(31);

  /** Empty if a time cannot be read or the duration is impossible. */
  static Optional<CompletedTask> of(AckTaskStatus status) {
    Instant start = CloudTime.instant(status.startTime());
    Instant end = CloudTime.instant(status.completionTime());
    return start == null || end == null || !isPlausible(start, end)
        ? Optional.empty()
        : Optional.of(
            new CompletedTask(Duration.between(start, end), end, status.stageTransitions()));
  }

  /** Passes on the name and the duration of each stage. */
  void eachStage(BiConsumer<String, Duration> consumer) {
    for (int i = 0; i < stages.size(); i++) {
      String name = stages.get(i).stage();
      Instant from = CloudTime.instant(stages.get(i).firstSeenTime());
      Instant to =
          i + 1 < stages.size() ? CloudTime.instant(stages.get(i + 1).firstSeenTime()) : end;
      if (name != null && from != null && to != null && isPlausible(from, to)) {
        consumer.accept(name, Duration.between(from, to));
      }
    }
  }

  private static boolean isPlausible(Instant from, Instant to) {
    return from.isBefore(to) && Duration.between(from, to).compareTo(LONGEST) <= 0;
  }
}
