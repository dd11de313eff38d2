package dev.acktask.e2e.gates;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.ListedTask;
import dev.acktask.simulator.script.Step;
import java.time.Instant;
import java.util.Locale;

/** A task that upgrades a node pool: its cluster lists it, and its details say the same. */
record PoolUpgrade(SimulatedRegion region, String taskId, String clusterId, Instant created) {
  private static final String TYPE = "nodepool_upgrade";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The task starts now. */
  static PoolUpgrade start(SimulatedRegion region, String taskId, String clusterId) {
    PoolUpgrade task = new PoolUpgrade(region, taskId, clusterId, Instant.now());
    task.show("running");
    return task;
  }

  void succeed() {
    show("success");
  }

  void fail(String code, String message) {
    ObjectNode body = body("failed");
    body.putObject("error").put("code", code).put("message", message);
    region.answers(taskId, Response.json(200, body.toString()));
    region.putListed(clusterId, listed("failed").error(new Step.TaskError(code, message)).build());
  }

  /** The name of the AckTask that a discovery creates for it. */
  String objectName() {
    return taskId.toLowerCase(Locale.ROOT);
  }

  private void show(String state) {
    region.answers(taskId, Response.json(200, body(state).toString()));
    region.putListed(clusterId, listed(state).build());
  }

  private ListedTask.Builder listed(String state) {
    Instant now = Instant.now();
    return ListedTask.builder(taskId, created)
        .taskType(TYPE)
        .state(state)
        .updated(now)
        .stateSince(now);
  }

  private ObjectNode body(String state) {
    ObjectNode body = JSON.createObjectNode();
    body.put("task_id", taskId);
    body.put("cluster_id", clusterId);
    body.put("task_type", TYPE);
    body.put("state", state);
    body.put("created", created.toString());
    body.put("updated", Instant.now().toString());
    return body;
  }
}
