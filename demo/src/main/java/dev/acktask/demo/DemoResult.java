package dev.acktask.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.acktask.demo.screen.AnsiColors;
import dev.acktask.demo.screen.Screen;
import dev.acktask.demo.screen.TaskYaml;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the final state of each task with its script and prints the result. */
final class DemoResult {
  private final List<ScriptedOutcome> scripted;
  private final Map<String, GenericKubernetesResource> tasks;

  DemoResult(List<ScriptedOutcome> scripted, List<GenericKubernetesResource> tasks) {
    this.scripted = List.copyOf(scripted);
    this.tasks =
        tasks.stream()
            .collect(Collectors.toMap(task -> task.getMetadata().getName(), Function.identity()));
  }

  /** The scripted outcomes that were not reached. */
  List<ScriptedOutcome> missed() {
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
    GenericKubernetesResource failure = tasks.get(ScriptedOutcome.EXPLAINED_FAILURE);
    if (failure != null) {
      screen.say("");
      screen.say(
          colors.heading("Why " + ScriptedOutcome.EXPLAINED_FAILURE + " failed, from its status:"));
      TaskYaml.excerpt(failure).lines().forEach(screen::say);
    }
  }

  private String line(ScriptedOutcome outcome) {
    String phase = status(outcome, "phase");
    String remark =
        !reached(outcome)
            ? "expected " + outcome.phase() + ", " + outcome.reason()
            : phase.equals("Succeeded") ? "" : status(outcome, "message");
    return "  %-17s   %-9s   %-13s   %s"
        .formatted(outcome.name(), phase, status(outcome, "reason"), remark)
        .stripTrailing();
  }
}
