package dev.acktask.e2e.gates;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.response.Response;

/** A task of the simulated cloud whose state a test changes. */
record CloudTask(Simulator cloud, String taskId, String clusterId) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void run() {
    answer(body("running"));
  }

  void succeed() {
    answer(body("success"));
  }

  void fail(String code, String message) {
    ObjectNode body = body("failed");
    body.putObject("error").put("code", code).put("message", message);
    answer(body);
  }

  private void answer(ObjectNode body) {
    cloud.answers(taskId, Response.json(200, body.toString()));
  }

  private ObjectNode body(String state) {
    ObjectNode body = JSON.createObjectNode();
    body.put("task_id", taskId);
    body.put("cluster_id", clusterId);
    body.put("task_type", "cluster_upgrade");
    body.put("state", state);
    body.put("created", "2026-01-01T08:00:00+08:00");
    body.put("updated", "2026-01-01T08:05:00+08:00");
    return body;
  }
}
