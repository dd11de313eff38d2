package dev.acktask.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.acktask.demo.screen.AnsiColors;
import dev.acktask.demo.screen.Screen;
import dev.acktask.demo.screen.TaskYaml;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the final state of each task with its script and prints the result. */
final class DemoResult {
  private static final String DISCOVERED_BY = "acktask.dev/discovered-by";
  private static final String STARTED_BY = "acktask.dev/started-by";

  private final List<ScriptedOutcome> scripted;
  private final Map<String, GenericKubernetesResource> tasks;

  DemoResult(List<ScriptedOutcome> scripted, List<GenericKubernetesResource> tasks) {
    this.scripted = List.copyOf(scripted);
    this.tasks =
        tasks.stream()
            .collect(Collectors.toMap(task -> task.getMetadata().getName(), Function.identity()));
  }

  /** True if each task ended as its script says, and no task has a second AckTask. */
  boolean isAsScripted() {
    return missed().isEmpty() && unexpected().isEmpty();
  }

  private List<String> unexpected() {
    Set<String> expected = scripted.stream().map(ScriptedOutcome::name).collect(Collectors.toSet());
    return tasks.keySet().stream().filter(name -> !expected.contains(name)).sorted().toList();
  }

  private List<ScriptedOutcome> missed() {
    return scripted.stream().filter(outcome -> !reached(outcome)).toList();
  }

  private boolean reached(ScriptedOutcome outcome) {
    return outcome.phase().equals(status(outcome, "phase"))
        && outcome.reason().equals(status(outcome, "reason"));
  }

  private String status(ScriptedOutcome outcome, String field) {
    GenericKubernetesResource task = tasks.get(outcome.name());
    return task == null ? "" : Objects.toString(task.get("status", field), "");
  }

  void printTo(Screen screen, AnsiColors colors) throws JsonProcessingException {
    int missed = missed().size();
    screen.say("");
    screen.say(
        colors.heading(
            missed == 0
                ? "Every task ended as its script says:"
                : missed + " of " + scripted.size() + " tasks did not end as their scripts say:"));
    for (ScriptedOutcome outcome : scripted) {
      screen.say(line(outcome));
    }
    unexpected().forEach(name -> screen.say("  " + name + " is not expected"));
    GenericKubernetesResource failure = tasks.get(ScriptedOutcome.EXPLAINED_FAILURE);
    if (failure != null) {
      screen.say("");
      screen.say(
          colors.heading("Why " + ScriptedOutcome.EXPLAINED_FAILURE + " failed, from its status:"));
      TaskYaml.excerpt(failure).lines().forEach(screen::say);
    }
  }

  /** What the operator wrote on an AckTask that it created itself; empty for the others. */
  private String origin(ScriptedOutcome outcome) {
    GenericKubernetesResource task = tasks.get(outcome.name());
    Map<String, String> labels = task == null ? null : task.getMetadata().getLabels();
    if (labels == null || !labels.containsKey(DISCOVERED_BY)) {
      return "";
    }
    String starter = labels.getOrDefault(STARTED_BY, "");
    return "appeared by itself, by the discovery "
        + labels.get(DISCOVERED_BY)
        + (starter.isEmpty() ? "" : "; started by " + starter);
  }

  private String line(ScriptedOutcome outcome) {
    String phase = status(outcome, "phase");
    String remark =
        !reached(outcome)
            ? "expected " + outcome.phase() + ", " + outcome.reason()
            : phase.equals("Succeeded") ? origin(outcome) : status(outcome, "message");
    return line(new ScriptedOutcome(outcome.name(), phase, status(outcome, "reason")), remark);
  }

  /** A row of the result. */
  static String line(ScriptedOutcome reached, String remark) {
    return "  %-17s   %-9s   %-13s   %s"
        .formatted(reached.name(), reached.phase(), reached.reason(), remark)
        .stripTrailing();
  }
}
