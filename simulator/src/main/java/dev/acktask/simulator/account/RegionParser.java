package dev.acktask.simulator.account;

import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.list.ListBehaviourParser;
import dev.acktask.simulator.script.ScriptFiles;
import dev.acktask.simulator.script.ScriptParser;
import dev.acktask.simulator.script.TaskScript;
import dev.acktask.simulator.yaml.YamlMapping;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses the regions of an account. */
final class RegionParser {
  /** With a dash, else a host could not name it. */
  private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

  /** More would make a list slow. */
  private static final int MAX_HISTORY = 10_000;

  private final Path folder;

  /**
   * @param folder the paths of scripts are relative to it
   */
  RegionParser(Path folder) {
    this.folder = folder;
  }

  Region region(YamlMapping node) {
    node.knowing(List.of("id", "clusters", "scripts", "tasks", "plans", "lists"));
    List<Cluster> clusters = node.children("clusters").stream().map(RegionParser::cluster).toList();
    List<Path> files = node.texts("scripts").stream().map(folder::resolve).toList();
    List<TaskScript> tasks = new ArrayList<>(ScriptFiles.load(files));
    node.children("tasks").forEach(task -> tasks.add(ScriptParser.parse(task)));
    Set<String> taskIds = new HashSet<>();
    for (TaskScript task : tasks) {
      if (!taskIds.add(task.taskId())) {
        throw node.fail("the task '" + task.taskId() + "' is given twice");
      }
    }
    return new Region(
        id(node, "id"),
        clusters,
        tasks,
        node.children("plans").stream().map(RegionParser::plan).toList(),
        node.child("lists").map(ListBehaviourParser::parse).orElse(ListBehaviour.DEFAULT));
  }

  /** The id of a region, as it may be in a host. */
  static String id(YamlMapping node, String key) {
    String id = node.text(key);
    if (!ID.matcher(id).matches()) {
      throw node.fail(
          "'" + key + "' is '" + id + "', expected the id of a region, such as cn-hangzhou");
    }
    return id;
  }

  private static Cluster cluster(YamlMapping node) {
    node.knowing(List.of("id", "name", "type", "version", "state", "history"));
    String id = node.text("id");
    return new Cluster(
        id,
        node.text("name", id),
        node.text("type", Cluster.DEFAULT_TYPE),
        node.text("version", Cluster.DEFAULT_VERSION),
        node.text("state", Cluster.DEFAULT_STATE),
        node.integer("history", 0, 0, MAX_HISTORY));
  }

  private static MaintenancePlan plan(YamlMapping node) {
    node.knowing(List.of("id", "clusterId", "type", "state", "taskId", "start"));
    Optional<String> taskId = node.optionalText("taskId");
    return new MaintenancePlan(
        node.text("id"),
        node.text("clusterId"),
        node.text("type", MaintenancePlan.DEFAULT_TYPE),
        node.text(
            "state", taskId.isPresent() ? MaintenancePlan.EXECUTING : MaintenancePlan.SCHEDULED),
        taskId,
        node.has("start")
            ? Optional.of(
                node.parsed(
                    "start",
                    RegionParser::time,
                    "expected a time with its zone such as 2026-01-02T03:00:00+08:00"))
            : Optional.empty());
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
