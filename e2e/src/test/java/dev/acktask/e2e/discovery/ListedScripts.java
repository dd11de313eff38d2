package dev.acktask.e2e.discovery;

import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.script.Step;
import dev.acktask.simulator.script.TaskScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tasks of a simulated account, with the phases that their AckTasks have to have. */
public final class ListedScripts {
  private ListedScripts() {}

  /**
   * A task that is played.
   *
   * @param phase its last
   */
  public record Played(String taskId, String clusterId, String phase) {
    /** The name of its AckTask. */
    public String objectName() {
      return taskId.toLowerCase(Locale.ROOT);
    }
  }

  static String clusterId(int number) {
    return "c%032x".formatted(number);
  }

  static String taskId(int number) {
    return "T-%024x".formatted(number);
  }

  /**
   * Plays five tasks in a cluster: two that finish soon and three that are over.
   *
   * @param number of the cluster
   */
  public static List<Played> playFive(SimulatedRegion region, int number) {
    Instant now = Instant.now();
    Instant past = now.minus(Duration.ofHours(2));
    List<Played> played = new ArrayList<>();
    played.add(play(region, number, 1, "success", now));
    played.add(play(region, number, 2, "failed", now));
    played.add(play(region, number, 3, "success", past));
    played.add(play(region, number, 4, "failed", past.plusSeconds(60)));
    played.add(play(region, number, 5, "canceled", past.plusSeconds(120)));
    return played;
  }

  private static Played play(
      SimulatedRegion region, int cluster, int number, String state, Instant started) {
    Played played = new Played(taskId(cluster * 16 + number), clusterId(cluster), phase(state));
    region.play(script(played, state, Duration.ofSeconds(8)), started);
    return played;
  }

  /** Running at first, and then {@code state}. */
  static TaskScript script(Played task, String state, Duration length) {
    Step.Builder end = Step.builder(length).state(state);
    if (state.equals("failed")) {
      end.error(new Step.TaskError("ErrorUpgrade", "Node example-1 is not ready."));
    }
    return TaskScript.builder(task.taskId(), task.clusterId())
        .taskType("cluster_upgrade")
        .start(TaskScript.Start.LAUNCH)
        .timeline(List.of(Step.builder(Duration.ZERO).state("running").build(), end.build()))
        .build();
  }

  private static String phase(String state) {
    return switch (state) {
      case "success" -> "Succeeded";
      case "failed" -> "Failed";
      default -> "Canceled";
    };
  }
}
