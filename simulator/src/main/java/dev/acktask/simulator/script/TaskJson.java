package dev.acktask.simulator.script;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Formats tasks like the API, with its three time formats: RFC 3339 at +08:00, without a zone, and
 * epoch milliseconds in a string.
 *
 * @see <a
 *     href="https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/developer-reference/api-cs-2015-12-15-describetaskinfo">
 *     DescribeTaskInfo</a>
 */
public final class TaskJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final DateTimeFormatter ZONELESS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZONE);

  private TaskJson() {}

  /** The body of DescribeTaskInfo. */
  public static String info(TaskView task) {
    TaskScript script = task.script();
    ObjectNode body = JSON.createObjectNode();
    body.put("task_id", script.taskId());
    body.put("cluster_id", script.clusterId());
    body.put("task_type", script.taskType());
    body.put("state", task.state());
    body.put("created", zoned(task.created()));
    body.put("updated", zoned(task.updated()));
    body.putObject("target").put("id", script.target().id()).put("type", script.target().type());
    body.set("parameters", freeForm(script.parameters()));
    ArrayNode stages = body.putArray("stages");
    task.stages().forEach(stage -> stages.add(stage(stage)));
    body.put("current_stage", task.currentStage());
    ArrayNode events = body.putArray("events");
    task.events().forEach(event -> events.add(event(event)));
    ArrayNode results = body.putArray("task_result");
    task.results().forEach(result -> results.add(result(result)));
    putError(body, task.error());
    return body.toString();
  }

  /** The {@code tasks} of DescribeClusterTasks: the documented fields, and no details. */
  public static ArrayNode entries(List<ListedTask> listed) {
    ArrayNode tasks = JSON.createArrayNode();
    for (ListedTask task : listed) {
      ObjectNode item = tasks.addObject();
      item.put("task_id", task.taskId());
      item.put("task_type", task.taskType());
      item.put("state", task.state());
      item.put("created", zoned(task.created()));
      item.put("updated", zoned(task.updated()));
      putError(item, task.error());
    }
    return tasks;
  }

  private static ObjectNode stage(TaskView.Stage stage) {
    ObjectNode node = JSON.createObjectNode();
    node.put("state", stage.state());
    node.put("start_time", ZONELESS.format(stage.started()));
    node.put("end_time", stage.ended().map(ZONELESS::format).orElse(""));
    node.put("message", stage.message());
    node.set("outputs", freeForm(stage.outputs()));
    return node;
  }

  private static ObjectNode event(TaskView.TimedEvent timed) {
    Step.Event event = timed.event();
    return JSON.createObjectNode()
        .put("action", event.action())
        .put("level", event.level())
        .put("message", event.message())
        .put("reason", event.reason())
        .put("source", event.source())
        .put("timestamp", String.valueOf(timed.time().toEpochMilli()));
  }

  private static ObjectNode result(Step.Result result) {
    ObjectNode node = JSON.createObjectNode().put("data", result.data());
    result.status().ifPresent(status -> node.put("status", status));
    return node;
  }

  private static void putError(ObjectNode body, Optional<Step.TaskError> error) {
    if (error.isEmpty()) {
      body.putNull("error");
    } else {
      body.putObject("error").put("code", error.get().code()).put("message", error.get().message());
    }
  }

  private static ObjectNode freeForm(Map<String, Object> values) {
    return JSON.valueToTree(values);
  }

  /** RFC 3339 in whole seconds at +08:00. */
  public static String zoned(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        time.truncatedTo(ChronoUnit.SECONDS).atOffset(ZONE));
  }
}
