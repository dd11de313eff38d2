package dev.acktask.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.acktask.demo.screen.Paint;
import dev.acktask.demo.screen.Screen;
import dev.acktask.demo.screen.TaskYaml;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The end of the story: what became of each task, and whether that is what its script says. */
final class Conclusion {
  private final List<ScriptedOutcome> scripted;
  private final Map<String, GenericKubernetesResource> tasks;

  Conclusion(List<ScriptedOutcome> scripted, List<GenericKubernetesResource> tasks) {
    this.scripted = List.copyOf(scripted);
    this.tasks =
        tasks.stream()
            .collect(Collectors.toMap(task -> task.getMetadata().getName(), Function.identity()));
  }

  /** The outcomes that are not the scripted ones. */
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

  void printTo(Screen screen, Paint paint) throws JsonProcessingException {
    int missed = missed().size();
    screen.say("");
    screen.say(
        paint.heading(
            missed == 0
                ? "Every task ended as its script says:"
                : missed + " of " + scripted.size() + " tasks did not end as their scripts say:"));
    for (ScriptedOutcome outcome : scripted) {
      screen.say(line(outcome));
    }
    GenericKubernetesResource failure = tasks.get(ScriptedOutcome.TELLING_FAILURE);
    if (failure != null) {
      screen.say("");
      screen.say(
          paint.heading("Why " + ScriptedOutcome.TELLING_FAILURE + " failed, from its status:"));
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
