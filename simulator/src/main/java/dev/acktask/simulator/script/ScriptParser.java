package dev.acktask.simulator.script;

import dev.acktask.simulator.yaml.YamlException;
import dev.acktask.simulator.yaml.YamlMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses a YAML script; an error is one message with its cause and position. */
public final class ScriptParser {
  private static final Pattern TASK_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
  private static final Pattern CALLS = Pattern.compile("(\\d{1,9})(-(\\d{1,9})?)?");
  private static final List<String> FAULT_KEYS = List.of("call", "at", "for", "kind");

  private final YamlMapping script;
  private final Set<String> running = new HashSet<>();
  private final Set<String> started = new HashSet<>();
  private Duration last = Duration.ZERO;

  private ScriptParser(YamlMapping script) {
    this.script = script;
  }

  /**
   * Parses one script.
   *
   * @param source the file's name, for messages
   * @throws YamlException when it cannot be played
   */
  public static TaskScript parse(String source, String yaml) {
    return parse(YamlMapping.parse(source, yaml));
  }

  /**
   * Parses the script that {@code mapping} is.
   *
   * @throws YamlException when it cannot be played
   */
  public static TaskScript parse(YamlMapping mapping) {
    return new ScriptParser(mapping).script();
  }

  private TaskScript script() {
    script.knowing(
        List.of(
            "taskId",
            "clusterId",
            "taskType",
            "target",
            "start",
            "parameters",
            "timeline",
            "faults"));
    String taskId = script.text("taskId");
    if (!TASK_ID.matcher(taskId).matches()) {
      throw script.fail("'taskId' is '" + taskId + "', expected " + TASK_ID);
    }
    String clusterId = script.text("clusterId");
    List<Step> timeline = new ArrayList<>();
    for (YamlMapping step : script.children("timeline")) {
      timeline.add(step(step));
    }
    if (timeline.isEmpty() || timeline.get(0).state().isEmpty()) {
      throw script.fail("'timeline' needs a first step that sets the state");
    }
    List<ScriptedFault> faults = script.children("faults").stream().map(this::fault).toList();
    TaskScript.Start start =
        script.choice("start", List.of("firstRead", "launch")).equals("launch")
            ? TaskScript.Start.LAUNCH
            : TaskScript.Start.FIRST_READ;
    TaskScript.Builder parsed =
        TaskScript.builder(taskId, clusterId)
            .taskType(script.text("taskType"))
            .start(start)
            .timeline(timeline)
            .faults(faults);
    script.child("target").map(ScriptParser::target).ifPresent(parsed::target);
    return parsed.parameters(script.freeForm("parameters")).build();
  }

  private static TaskScript.Target target(YamlMapping node) {
    node.knowing(List.of("id", "type"));
    return new TaskScript.Target(node.text("id"), node.text("type"));
  }

  private Step step(YamlMapping node) {
    node.knowing(
        List.of(
            "at",
            "state",
            "currentStage",
            "startStage",
            "finishStage",
            "events",
            "results",
            "error"));
    Duration at = DurationText.in(node, "at");
    if (at.compareTo(last) < 0) {
      throw node.fail("'at' is " + DurationText.of(at) + ", before the step above it");
    }
    last = at;
    Step.Builder step = Step.builder(at);
    // Finished before started, so that one step can pass from a stage to the next.
    node.child("finishStage").map(this::finish).ifPresent(step::finishStage);
    node.optionalText("state").ifPresent(step::state);
    node.optionalText("currentStage").ifPresent(step::currentStage);
    node.child("startStage").map(this::start).ifPresent(step::startStage);
    step.events(node.children("events").stream().map(ScriptParser::event).toList())
        .results(node.children("results").stream().map(ScriptParser::result).toList());
    node.child("error").map(ScriptParser::error).ifPresent(step::error);
    return step.build();
  }

  private Step.StageStart start(YamlMapping node) {
    node.knowing(List.of("name", "message"));
    String name = node.text("name");
    if (!started.add(name)) {
      throw node.fail("stage '" + name + "' was started before");
    }
    running.add(name);
    return new Step.StageStart(name, node.text("message", ""));
  }

  private Step.StageFinish finish(YamlMapping node) {
    node.knowing(List.of("name", "state", "message", "outputs"));
    String name = node.text("name");
    if (!running.remove(name)) {
      throw node.fail(
          "stage '" + name + "' is not running; running: " + YamlMapping.listed(running));
    }
    return new Step.StageFinish(
        name,
        node.text("state", "success"),
        node.optionalText("message"),
        node.freeForm("outputs"));
  }

  private static Step.Event event(YamlMapping node) {
    node.knowing(List.of("level", "action", "reason", "message", "source"));
    return new Step.Event(
        node.text("level", "Normal"),
        node.text("action", ""),
        node.text("reason"),
        node.text("message", ""),
        node.text("source", "ACK"));
  }

  private static Step.Result result(YamlMapping node) {
    node.knowing(List.of("data", "status"));
    return new Step.Result(node.text("data"), node.optionalText("status"));
  }

  private static Step.TaskError error(YamlMapping node) {
    node.knowing(List.of("code", "message"));
    return new Step.TaskError(node.text("code"), node.text("message", ""));
  }

  private ScriptedFault fault(YamlMapping node) {
    return new ScriptedFault(
        node.text("kind"), when(node), FaultKinds.effect(node, FAULT_KEYS, script.text("taskId")));
  }

  private static ScriptedFault.When when(YamlMapping node) {
    if (node.has("call") == (node.has("at") || node.has("for"))) {
      throw node.fail("needs either 'call', or 'at' and 'for'");
    }
    if (!node.has("call")) {
      return new ScriptedFault.When.Window(
          DurationText.in(node, "at"), DurationText.in(node, "for"));
    }
    String text = node.text("call");
    Matcher calls = CALLS.matcher(text);
    if (!calls.matches()) {
      throw node.fail("'call' is '" + text + "', expected 3, 5-7 or 5-");
    }
    int first = Integer.parseInt(calls.group(1));
    int last = calls.group(2) == null ? first : Integer.MAX_VALUE;
    last = calls.group(3) == null ? last : Integer.parseInt(calls.group(3));
    return new ScriptedFault.When.Calls(first, last);
  }
}
