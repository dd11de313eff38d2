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

  private SyntheticTasks() {}

  /**
   * Tasks that run from the start and then succeed.
   *
   * @param length when they finish, at speed 1; each at a point within 20 % of it
   */
  public static List<TaskScript> of(int count, Duration length, long seed) {
    Random random = new Random(seed);
    List<TaskScript> scripts = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      long millis = Math.round(length.toMillis() * (0.8 + 0.4 * random.nextDouble()));
      scripts.add(one("T-sim-%05d".formatted(number), Duration.ofMillis(millis)));
    }
    return scripts;
  }

  private static TaskScript one(String taskId, Duration length) {
    Step begin =
        Step.builder(Duration.ZERO)
            .state("running")
            .startStage(new Step.StageStart(STAGE, "synthetic"))
            .build();
    Step end =
        Step.builder(length)
            .state("success")
            .finishStage(new Step.StageFinish(STAGE, "success", Optional.empty(), Map.of()))
            .build();
    return TaskScript.builder(taskId, CLUSTER_ID)
        .taskType("cluster_scaleout")
        .start(TaskScript.Start.LAUNCH)
        .timeline(List.of(begin, end))
        .build();
  }
}
