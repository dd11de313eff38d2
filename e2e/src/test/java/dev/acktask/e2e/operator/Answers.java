package dev.acktask.e2e.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.response.Response;
import java.time.Instant;

/** Complete and well-formed answers of the cloud. */
public final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  public static Response running(String taskId) {
    return state(taskId, "running");
  }

  public static Response success(String taskId) {
    return state(taskId, "success");
  }

  public static Response failed(String taskId, String code, String message) {
    ObjectNode body = task(taskId, "failed");
    body.putObject("error").put("code", code).put("message", message);
    return Response.json(200, body.toString());
  }

  /** A task in the state {@code word}, known or unknown. */
  public static Response state(String taskId, String word) {
    return Response.json(200, task(taskId, word).toString());
  }

  /** The same for a task that was created at {@code created}. */
  public static Response state(String taskId, String word, Instant created) {
    ObjectNode body = task(taskId, word);
    body.put("created", created.toString());
    body.put("updated", created.toString());
    return Response.json(200, body.toString());
  }

  /** The same in {@code stage}, without a time of the last change. */
  public static Response inStage(String taskId, String word, Instant created, String stage) {
    ObjectNode body = task(taskId, word);
    body.put("created", created.toString());
    body.remove("updated");
    body.put("current_stage", stage);
    return Response.json(200, body.toString());
  }

  private static ObjectNode task(String taskId, String state) {
    ObjectNode body = JSON.createObjectNode();
    body.put("task_id", taskId);
    body.put("cluster_id", "c82e6987e2961451182edacd74faf1234");
    body.put("task_type", "cluster_upgrade");
    body.put("state", state);
    body.put("created", "2026-01-01T08:00:00+08:00");
    body.put("updated", "2026-01-01T08:05:00+08:00");
    body.putObject("target").put("id", "c82e6987e2961451182edacd74faf1234").put("type", "cluster");
    return body;
  }
}
