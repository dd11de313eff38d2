package dev.acktask.bench.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers of DescribeTaskInfo as a task in the middle of its life gives them: 5 stages, 10 events,
 * about 3 KB. The version of the task shows in the message of its last stage.
 */
final class TaskAnswers {
  private static final String CLUSTER = "cluster";
  private static final String TASK_ID = "task";
  private static final String STATE = "state";
  private static final String UPDATED = "updated";
  private static final String REQUEST_ID = "request";
  private static final String MESSAGE = "message";
  private static final int STAGES = 5;
  private static final int EVENTS = 10;
  private static final int INSTANCES = 3;

  private final Template template;
  private final UpdateTimes updated;
  private final AtomicLong answers = new AtomicLong();

  /**
   * @param varying true gives each answer a different request id
   * @param updated the time of each version
   */
  TaskAnswers(boolean varying, UpdateTimes updated) {
    this.template = new Template(template(varying));
    this.updated = updated;
  }

  /** The answer at {@code version}. */
  String body(String taskId, String clusterId, int version, boolean finished) {
    return template.with(
        TASK_ID,
        taskId,
        CLUSTER,
        clusterId,
        STATE,
        finished ? "success" : "running",
        UPDATED,
        updated.of(version),
        MESSAGE,
        message(version),
        REQUEST_ID,
        "R-" + answers.incrementAndGet());
  }

  /** The text of {@code version} in a status; no other version has the same. */
  static String message(int version) {
    return "upgrade the nodes of the pool, version " + version + ".";
  }

  private static String template(boolean varying) {
    ObjectNode task = new ObjectMapper().createObjectNode();
    task.put("task_id", placeholder(TASK_ID))
        .put("cluster_id", placeholder(CLUSTER))
        .put("task_type", "nodepool_upgrade")
        .put("state", placeholder(STATE))
        .put("created", "2026-01-05T10:00:00+08:00")
        .put("updated", placeholder(UPDATED));
    task.putObject("target")
        .put("id", "np00000000000000000000000000000001")
        .put("type", "nodepool");
    task.putObject("parameters")
        .put("kubernetes_version", "1.35.0-aliyun.1")
        .put("max_parallelism", 2)
        .put("rolling_policy", "batch");
    ArrayNode stages = task.putArray("stages");
    for (int number = 1; number <= STAGES; number++) {
      boolean last = number == STAGES;
      stages
          .addObject()
          .put("state", last ? placeholder(STATE) : "success")
          .put("start_time", "2026-01-05 10:0%d:00".formatted(number))
          .put("end_time", last ? "" : "2026-01-05 10:0%d:40".formatted(number))
          .put(
              "message",
              last ? placeholder(MESSAGE) : "stage %d of the node pool is done".formatted(number))
          .putObject("outputs")
          .put("nodes", number)
          .put("checksum", "00000000000000000000000000000000000000%02d".formatted(number));
    }
    task.put("current_stage", "UpgradeNodes");
    ArrayNode events = task.putArray("events");
    for (int number = 0; number < EVENTS; number++) {
      events
          .addObject()
          .put("action", "upgrade")
          .put("level", "Normal")
          .put("message", "start to upgrade node cn-hangzhou.192.0.2.%d".formatted(number + 1))
          .put("reason", "NodePoolUpgradeStart")
          .put("source", "ACK")
          .put("timestamp", String.valueOf(1_767_578_400_000L + number * 60_000L));
    }
    ArrayNode results = task.putArray("task_result");
    for (int number = 1; number <= INSTANCES; number++) {
      results
          .addObject()
          .put("data", "i-bench0000000000%02d".formatted(number))
          .put("status", "success");
    }
    task.putNull("error");
    if (varying) {
      task.put("requestId", placeholder(REQUEST_ID));
    }
    return task.toString();
  }

  private static String placeholder(String name) {
    return "@" + name + "@";
  }
}
