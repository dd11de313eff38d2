package dev.acktask.simulator.script;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of one task.
 *
 * @param start when the script's clock starts
 * @param parameters as the API shows them, free form
 * @param timeline in order of time
 * @param faults the first one that applies to a read is served instead of the truth
 */
public record TaskScript(
    String taskId,
    String clusterId,
    String taskType,
    Target target,
    Start start,
    Map<String, Object> parameters,
    List<Step> timeline,
    List<ScriptedFault> faults) {
  public TaskScript {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    timeline = timeline.stream().sorted(Comparator.comparing(Step::at)).toList();
    faults = List.copyOf(faults);
    if (timeline.isEmpty() || timeline.get(0).state().isEmpty()) {
      throw new IllegalArgumentException("the first step of a timeline sets the state");
    }
  }

  /** A builder for a task that starts at its first read, without parameters and faults. */
  public static Builder builder(String taskId, String clusterId) {
    return new Builder(taskId, clusterId);
  }

  /** What the task works on; sent verbatim, the vendor's own sample ends the id in a newline. */
  public record Target(String id, String type) {}

  /** When the script's clock starts. */
  public enum Start {
    /** At the first read of the task. */
    FIRST_READ,
    /** When the simulator starts to play it. */
    LAUNCH
  }

  /** The state that the last step leaves behind. */
  public String lastState() {
    return timeline.stream()
        .map(Step::state)
        .flatMap(Optional::stream)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** The offset of the last step, at speed 1. */
  public Duration length() {
    return timeline.get(timeline.size() - 1).at();
  }

  /** Builds a {@link TaskScript} by the names of its components. */
  public static final class Builder {
    private final String taskId;
    private final String clusterId;
    private String taskType = "";
    private Target target;
    private Start start = Start.FIRST_READ;
    private Map<String, Object> parameters = Map.of();
    private List<Step> timeline = List.of();
    private List<ScriptedFault> faults = List.of();

    private Builder(String taskId, String clusterId) {
      this.taskId = taskId;
      this.clusterId = clusterId;
      this.target = new Target(clusterId, "cluster");
    }

    public Builder taskType(String taskType) {
      this.taskType = taskType;
      return this;
    }

    /** The cluster by default. */
    public Builder target(Target target) {
      this.target = target;
      return this;
    }

    public Builder start(Start start) {
      this.start = start;
      return this;
    }

    public Builder parameters(Map<String, Object> parameters) {
      this.parameters = parameters;
      return this;
    }

    public Builder timeline(List<Step> timeline) {
      this.timeline = timeline;
      return this;
    }

    public Builder faults(List<ScriptedFault> faults) {
      this.faults = faults;
      return this;
    }

    public TaskScript build() {
      return new TaskScript(
          taskId, clusterId, taskType, target, start, parameters, timeline, faults);
    }
  }
}
