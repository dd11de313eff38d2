package dev.acktask.simulator.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Many similar tasks for load tests: {@code T-sim-00001}, {@code T-sim-00002}, … */
public final class SyntheticTasks {
  public static final String CLUSTER_ID = "c000000000000000000000000000sim01";
  private static final String STAGE = "Working";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration PAST_LENGTH = Duration.ofMinutes(5);
  private static final List<String> PAST_TYPES =
      List.of("cluster_upgrade", "nodepool_upgrade", "cluster_addon_upgrade", "nodepool_scaleout");

  /** One in so many past tasks failed. */
  private static final int FAILED = 10;

  private SyntheticTasks() {}

  /**
   * A task that is over.
   *
   * @param age time since its creation
   */
  public record Past(TaskScript script, Duration age) {}

  /**
   * Tasks that run from the start and then succeed.
   *
   * @param length when they finish, at speed 1; each at a point within 20 % of it
   */
  public static List<TaskScript> of(int count, Duration length, long seed) {
    return of(count, length, seed, 1);
  }

  /** The same, spread over {@code clusters} clusters. */
  public static List<TaskScript> of(int count, Duration length, long seed, int clusters) {
    Random random = new Random(seed);
    List<TaskScript> scripts = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      long millis = Math.round(length.toMillis() * (0.8 + 0.4 * random.nextDouble()));
      String cluster = clusterId((number - 1) % clusters + 1);
      scripts.add(
          one("T-sim-%05d".formatted(number), cluster, "success", Duration.ofMillis(millis))
              .taskType("cluster_scaleout")
              .build());
    }
    return scripts;
  }

  /** The id of cluster {@code number}, from 1; the first is {@link #CLUSTER_ID}. */
  public static String clusterId(int number) {
    String end = "sim%02d".formatted(number);
    return "c" + "0".repeat(CLUSTER_ID.length() - 1 - end.length()) + end;
  }

  /**
   * Finished tasks of a cluster, evenly spread over the last day, newest first; one in ten failed.
   * The same cluster has the same ids each time.
   */
  public static List<Past> history(String clusterId, int count) {
    List<Past> tasks = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      boolean failed = number % FAILED == 0;
      String taskId = "T-00000000%08x%08x".formatted(clusterId.hashCode(), number);
      TaskScript script =
          one(taskId, clusterId, failed ? "failed" : "success", PAST_LENGTH)
              .taskType(PAST_TYPES.get(number % PAST_TYPES.size()))
              .build();
      Duration age = PAST_LENGTH.plus(DAY.minus(PAST_LENGTH).multipliedBy(number).dividedBy(count));
      tasks.add(new Past(script, age));
    }
    return tasks;
  }

  private static TaskScript.Builder one(
      String taskId, String clusterId, String state, Duration length) {
    Step begin =
        Step.builder(Duration.ZERO)
            .state("running")
            .startStage(new Step.StageStart(STAGE, "synthetic"))
            .build();
    Step end =
        Step.builder(length)
            .state(state)
            .finishStage(new Step.StageFinish(STAGE, state, Optional.empty(), Map.of()))
            .build();
    return TaskScript.builder(taskId, clusterId)
        .start(TaskScript.Start.LAUNCH)
        .timeline(List.of(begin, end));
  }
}
