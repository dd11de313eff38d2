package dev.acktask.operator.estimate;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Computes the usual durations of each kind of task, from all statuses at once: equal statuses give
 * equal durations, so a restart changes none. A failed task says nothing about when the next one is
 * done, so that only succeeded ones count.
 *
 * <p>The cloud chooses types and stages; results are bounded whatever it calls them.
 */
public final class DurationStatistics {
  /** Tasks of one kind that count: the last that ended. */
  static final int MAX_SAMPLES = 200;

  static final int MAX_KINDS = 1_000;
  static final int MAX_STAGES = 64;

  /** RFC 3339 in UTC without fractions, as the operator writes it: sorts as text. */
  private static final Comparator<AckTaskStatus> NEWEST_FIRST =
      Comparator.comparing(
              (AckTaskStatus status) -> Objects.requireNonNullElse(status.completionTime(), ""))
          .thenComparing(status -> Objects.requireNonNullElse(status.taskId(), ""))
          .reversed();

  private DurationStatistics() {}

  /**
   * The usual durations of each kind with enough tasks. Of too many kinds those remain whose tasks
   * ended last.
   *
   * @param trusted statuses that the operator wrote; those of other tasks than succeeded ones are
   *     ignored
   */
  public static Map<TaskKind, UsualDurations> of(Collection<AckTaskStatus> trusted) {
    Map<TaskKind, List<AckTaskStatus>> byKind = new HashMap<>();
    for (AckTaskStatus status : trusted) {
      if (status.phase() == Phase.SUCCEEDED) {
        TaskKind.of(status)
            .ifPresent(kind -> byKind.computeIfAbsent(kind, k -> new ArrayList<>()).add(status));
      }
    }
    byKind.values().removeIf(tasks -> tasks.size() < UsualDurations.MIN_SAMPLES);
    byKind.values().forEach(tasks -> tasks.sort(NEWEST_FIRST));
    Map<TaskKind, UsualDurations> usual = new HashMap<>();
    byKind.entrySet().stream()
        .sorted(
            Map.Entry.comparingByValue(
                Comparator.comparing(
                    (List<AckTaskStatus> tasks) -> tasks.getFirst(), NEWEST_FIRST)))
        .takeWhile(kind -> usual.size() < MAX_KINDS)
        .forEach(
            kind -> durations(kind.getValue()).ifPresent(found -> usual.put(kind.getKey(), found)));
    return Map.copyOf(usual);
  }

  /** Several objects may mirror one task; it counts once. */
  private static Optional<UsualDurations> durations(List<AckTaskStatus> newestFirst) {
    Set<String> taskIds = new HashSet<>();
    List<CompletedTask> samples =
        newestFirst.stream()
            .filter(status -> status.taskId() != null && taskIds.add(status.taskId()))
            .flatMap(status -> CompletedTask.of(status).stream())
            .limit(MAX_SAMPLES)
            .toList();
    if (samples.size() < UsualDurations.MIN_SAMPLES) {
      return Optional.empty();
    }
    List<Duration> sorted = samples.stream().map(CompletedTask::duration).sorted().toList();
    return Optional.of(
        new UsualDurations(
            samples.size(),
            UsualDurations.percentile(sorted, 50),
            UsualDurations.percentile(sorted, 90),
            stages(samples)));
  }

  private static Map<String, Duration> stages(List<CompletedTask> samples) {
    Map<String, List<Duration>> byStage = new HashMap<>();
    samples.forEach(
        task ->
            task.eachStage(
                (stage, duration) ->
                    byStage.computeIfAbsent(stage, s -> new ArrayList<>()).add(duration)));
    Map<String, Duration> usual = new HashMap<>();
    byStage.entrySet().stream()
        .filter(stage -> stage.getValue().size() >= UsualDurations.MIN_SAMPLES)
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, List<Duration>> stage) -> -stage.getValue().size())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MAX_STAGES)
        .forEach(
            stage -> {
              List<Duration> sorted = stage.getValue().stream().sorted().toList();
              usual.put(stage.getKey(), UsualDurations.percentile(sorted, 90));
            });
    return usual;
  }
}
