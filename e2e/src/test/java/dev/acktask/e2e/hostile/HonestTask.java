package dev.acktask.e2e.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.e2e.history.History;
import dev.acktask.e2e.history.ObjectVersion;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.script.ScriptParser;
import dev.acktask.simulator.script.TaskScript;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A task of the simulator that goes through stages to its end.
 *
 * @param name of the object and part of the task's id
 * @param stages that follow each other before the end
 * @param step how long each stage takes
 * @param end the last state: {@code success} or {@code failed}
 */
record HonestTask(String name, int stages, Duration step, String end) {
  private static final String CLUSTER = "c82e6987e2961451182edacd74faf1234";

  String taskId() {
    return "T-" + name;
  }

  /** From the first read to the end. */
  Duration length() {
    return step.multipliedBy(stages);
  }

  /** The clock of the script starts at the first read. */
  TaskScript script() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("taskId: ").append(taskId()).append('\n');
    yaml.append("clusterId: ").append(CLUSTER).append('\n');
    yaml.append("taskType: cluster_upgrade\ntimeline:\n");
    for (int stage = 0; stage < stages; stage++) {
      yaml.append("- at: ").append(step.multipliedBy(stage).toMillis()).append("ms\n");
      yaml.append(
          stage == 0 ? "  state: running\n" : "  finishStage: {name: " + stage(stage - 1) + "}\n");
      yaml.append("  startStage: {name: ").append(stage(stage)).append(", message: begins}\n");
    }
    yaml.append("- at: ")
        .append(length().toMillis())
        .append("ms\n  state: ")
        .append(end)
        .append('\n');
    if (end.equals("failed")) {
      yaml.append("  error: {code: InvalidState, message: a node did not drain}\n");
    }
    return ScriptParser.parse(name, yaml.toString());
  }

  /** True when the status has the end of the task. */
  boolean isOver(JsonNode status) {
    return status.path("phase").asText().equals(phaseAtTheEnd());
  }

  String phaseAtTheEnd() {
    return end.equals("success") ? "Succeeded" : "Failed";
  }

  /**
   * How long after the cloud each step of the script, or a later one, was visible in the object; a
   * step without a value was not visible at all.
   */
  Map<String, Optional<Duration>> lags(Simulator cloud, History history) {
    Map<String, Optional<Duration>> lags = new LinkedHashMap<>();
    Optional<Instant> start =
        cloud.served(taskId()).stream().map(served -> served.time()).findFirst();
    for (int stage = 0; stage <= stages; stage++) {
      int reached = stage;
      Duration at = step.multipliedBy(stage);
      lags.put(
          stage == stages ? end : stage(stage),
          start.flatMap(
              began ->
                  history.versions().stream()
                      .filter(
                          version -> version.object().at("/spec/taskId").asText().equals(taskId()))
                      .filter(version -> shows(version, reached))
                      .map(version -> Duration.between(began.plus(at), version.observedAt()))
                      .findFirst()));
    }
    return lags;
  }

  private boolean shows(ObjectVersion version, int reached) {
    JsonNode status = version.object().path("status");
    String current = status.path("currentStage").asText();
    return isOver(status)
        || IntStream.range(reached, stages).anyMatch(stage -> stage(stage).equals(current));
  }

  private static String stage(int index) {
    return "Stage" + index;
  }
}
