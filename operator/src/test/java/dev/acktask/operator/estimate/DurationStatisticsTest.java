package dev.acktask.operator.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import dev.acktask.operator.api.v1alpha1.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DurationStatisticsTest {
  private static final Instant END = Instant.parse("2026-01-02T03:00:00Z");
  private static final AckTaskStatus.Connection BLUE = connection("blue");
  private static final TaskKind UPGRADES = new TaskKind(BLUE, "cluster_upgrade");

  private final List<AckTaskStatus> statuses = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"5, 3, 5", "6, 3, 6", "9, 5, 9", "10, 5, 9", "11, 6, 10", "100, 50, 90"})
  void shouldTakeTheNearestRank(int count, int median, int percentile90) {
    // given: tasks that took 1, 2, 3, … minutes
    IntStream.rangeClosed(1, count).forEach(i -> succeeded("T-" + i, Duration.ofMinutes(i)));
    Collections.shuffle(statuses, new Random(1));

    // when
    UsualDurations usual = DurationStatistics.of(statuses).get(UPGRADES);

    // then
    assertEquals(count, usual.sampleSize());
    assertEquals(Duration.ofMinutes(median), usual.median());
    assertEquals(Duration.ofMinutes(percentile90), usual.percentile90());
  }

  @Test
  void shouldNeedFiveTasks() {
    IntStream.range(0, 4).forEach(i -> succeeded("T-" + i, Duration.ofMinutes(1)));
    assertEquals(Map.of(), DurationStatistics.of(statuses));
    succeeded("T-4", Duration.ofMinutes(1));
    assertEquals(List.of(UPGRADES), List.copyOf(DurationStatistics.of(statuses).keySet()));
  }

  @ParameterizedTest
  @EnumSource(value = Phase.class, names = "SUCCEEDED", mode = EnumSource.Mode.EXCLUDE)
  void shouldCountSucceededTasksOnly(Phase other) {
    IntStream.range(0, 4).forEach(i -> succeeded("T-" + i, Duration.ofMinutes(1)));
    statuses.add(status("T-4", Duration.ofMinutes(1)).toBuilder().phase(other).build());
    assertEquals(Map.of(), DurationStatistics.of(statuses));
  }

  @Test
  void shouldCountATaskOnceHoweverManyObjectsMirrorIt() {
    IntStream.range(0, 20).forEach(i -> succeeded("T-" + i % 4, Duration.ofMinutes(1)));
    assertEquals(Map.of(), DurationStatistics.of(statuses));
  }

  @Test
  void shouldCompareTasksOfOneConnectionAndTypeOnly() {
    // given
    IntStream.range(0, 5).forEach(i -> succeeded("T-" + i, Duration.ofMinutes(1)));
    for (int i = 0; i < 4; i++) {
      AckTaskStatus other = status("T-" + i, Duration.ofMinutes(9));
      statuses.add(other.toBuilder().connection(connection("green")).build());
      statuses.add(other.toBuilder().taskType("nodepool_upgrade").build());
      statuses.add(other.toBuilder().taskType(null).build());
      statuses.add(other.toBuilder().connection(null).build());
    }

    // then
    assertEquals(List.of(UPGRADES), List.copyOf(DurationStatistics.of(statuses).keySet()));
  }

  @Test
  void shouldTakeTheTasksThatEndedLast() {
    // given: 200 quick tasks after 100 slow ones
    for (int i = 0; i < 300; i++) {
      Duration took = Duration.ofMinutes(i < 100 ? 60 : 1);
      statuses.add(status("T-" + i, took, END.plusSeconds(60L * i)));
    }
    Collections.shuffle(statuses, new Random(2));

    // then
    UsualDurations usual = DurationStatistics.of(statuses).get(UPGRADES);
    assertEquals(DurationStatistics.MAX_SAMPLES, usual.sampleSize());
    assertEquals(Duration.ofMinutes(1), usual.percentile90());
  }

  /** Else the estimate would change with each computation. */
  @Test
  void shouldTakeTheSameTasksInAnyOrder() {
    IntStream.range(0, 300).forEach(i -> succeeded("T-" + i, Duration.ofMinutes(1 + i)));
    Map<TaskKind, UsualDurations> first = DurationStatistics.of(statuses);

    Collections.shuffle(statuses, new Random(3));

    assertEquals(first, DurationStatistics.of(statuses));
  }

  @Test
  void shouldAcceptADurationOfAMonth() {
    IntStream.range(0, 5).forEach(i -> succeeded("T-" + i, Duration.ofDays(31)));
    assertEquals(Duration.ofDays(31), DurationStatistics.of(statuses).get(UPGRADES).median());
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "NULL, 2026-01-02T03:00:00Z",
        "2026-01-02T03:00:00Z, NULL",
        "2026-01-02T03:00:00Z, 2026-01-02T03:00:00Z",
        "2026-01-02T03:00:01Z, 2026-01-02T03:00:00Z",
        "2025-01-02T03:00:00Z, 2026-01-02T03:00:00Z",
        "soon, 2026-01-02T03:00:00Z",
        "2026-01-02T03:00:00Z, later"
      },
      nullValues = "NULL")
  void shouldIgnoreImpossibleTimes(String start, String end) {
    IntStream.range(0, 4).forEach(i -> succeeded("T-" + i, Duration.ofMinutes(1)));
    statuses.add(
        status("T-4", Duration.ofMinutes(1)).toBuilder()
            .startTime(start)
            .completionTime(end)
            .build());
    assertEquals(Map.of(), DurationStatistics.of(statuses));
  }

  @Test
  void shouldMeasureTheStages() {
    // given: PreCheck takes one minute, DrainNodes i minutes, a stage of one task alone the rest
    for (int i = 1; i <= 5; i++) {
      Instant start = END.minusSeconds(3_600);
      statuses.add(
          status("T-" + i, Duration.ofHours(1)).toBuilder()
              .stageTransitions(
                  List.of(
                      transition("PreCheck", start),
                      transition("DrainNodes", start.plusSeconds(60)),
                      transition("Only" + i, start.plusSeconds(60 + 60 * i))))
              .build());
    }

    // then
    assertEquals(
        Map.of("PreCheck", Duration.ofMinutes(1), "DrainNodes", Duration.ofMinutes(5)),
        DurationStatistics.of(statuses).get(UPGRADES).stages());
  }

  @Test
  void shouldIgnoreAStageThatBeganAfterTheEnd() {
    for (int i = 0; i < 5; i++) {
      statuses.add(
          status("T-" + i, Duration.ofHours(1)).toBuilder()
              .stageTransitions(
                  List.of(
                      new StageTransition("odd", "soon"),
                      new StageTransition(null, END.toString()),
                      transition("Done", END.plusSeconds(1))))
              .build());
    }
    assertEquals(Map.of(), DurationStatistics.of(statuses).get(UPGRADES).stages());
  }

  @Test
  void shouldBoundWhatHostileTasksCause() {
    // given: 10,000 objects of 2,000 types, each with 32 different stages
    for (int i = 0; i < 10_000; i++) {
      int task = i;
      statuses.add(
          status("T-" + i, Duration.ofHours(1), END.plusSeconds(i)).toBuilder()
              .taskType("x".repeat(250) + i % 2_000)
              .stageTransitions(
                  IntStream.range(0, 32)
                      .mapToObj(s -> transition("s" + task + "-" + s, END.plusSeconds(task)))
                      .toList())
              .build());
    }

    // when
    Map<TaskKind, UsualDurations> usual = DurationStatistics.of(statuses);

    // then
    assertEquals(DurationStatistics.MAX_KINDS, usual.size());
    assertTrue(usual.containsKey(new TaskKind(BLUE, "x".repeat(250) + 1_999)), "the newest");
    assertTrue(usual.values().stream().allMatch(kind -> kind.stages().isEmpty()));
  }

  @Test
  void shouldKeepTheStagesThatMostTasksHave() {
    // given: 100 stages in each of five tasks, and one more in ten
    for (int i = 0; i < 10; i++) {
      List<StageTransition> stages = new ArrayList<>();
      stages.add(transition("z-common", END.minusSeconds(600)));
      for (int s = 0; i < 5 && s < 100; s++) {
        stages.add(transition("s" + s, END.minusSeconds(500 - s)));
      }
      statuses.add(
          status("T-" + i, Duration.ofHours(1)).toBuilder().stageTransitions(stages).build());
    }

    // then
    Map<String, Duration> kept = DurationStatistics.of(statuses).get(UPGRADES).stages();
    assertEquals(DurationStatistics.MAX_STAGES, kept.size());
    assertTrue(kept.containsKey("z-common"));
  }

  private void succeeded(String taskId, Duration took) {
    statuses.add(status(taskId, took));
  }

  private static AckTaskStatus status(String taskId, Duration took) {
    return status(taskId, took, END);
  }

  private static AckTaskStatus status(String taskId, Duration took, Instant end) {
    return AckTaskStatus.builder()
        .phase(Phase.SUCCEEDED)
        .taskId(taskId)
        .taskType("cluster_upgrade")
        .connection(BLUE)
        .startTime(end.minus(took).toString())
        .completionTime(end.toString())
        .build();
  }

  private static StageTransition transition(String stage, Instant since) {
    return new StageTransition(stage, since.toString());
  }

  private static AckTaskStatus.Connection connection(String name) {
    return new AckTaskStatus.Connection("ClusterAckConnection", null, name, "cn-hangzhou");
  }
}
