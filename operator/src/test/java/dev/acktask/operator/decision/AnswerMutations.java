package dev.acktask.operator.decision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.alibaba.RecordedAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The sample answer with zero to three random mutations. */
final class AnswerMutations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> STATES =
      List.of(
          "success",
          "succeeded",
          "running",
          "failed",
          "fail",
          "error",
          "timeout",
          "canceled",
          "paused",
          "SUCCESS",
          "Success",
          " success ",
          "success\n",
          "ｓuccess",
          "",
          "completed",
          " FAILED ",
          "Canceled",
          "pending",
          "nuccess");
  private static final List<String> HOSTILE =
      List.of(
          "\u0000",
          "\u001b[31m",
          "\u202e",
          "a\r\nb",
          "😀",
          "e\u0301",
          "%s%n",
          "${jndi:ldap://x}",
          "{{ . }}",
          "password=Canary7secret",
          "{\\\"token\\\":\\\"Canary7secret\\\"}",
          "x".repeat(5_000),
          "2022-12-15 23:00:00",
          "1669706229286",
          "0001-01-01T00:00:00Z",
          "success",
          "failed");
  private static final List<String> LITERALS =
      List.of("1", "-0", "1e400", "9007199254740993", "true", "null", "{}", "[]", "[null]", "1.0");
  private static final List<String> WRAPPINGS =
      List.of(
          "\ufeff%s", ")]}'%s", "%s%s", "%s garbage", "[%s]", "%s,", "// x\n%s", "<html>%s</html>");

  private final Random random;
  private final String taskId;

  AnswerMutations(Random random, String taskId) {
    this.random = random;
    this.taskId = taskId;
  }

  /** The next answer; equal for equal seeds. */
  RecordedAnswer next() {
    ObjectNode body = body();
    for (int n = random.nextInt(3); n > 0; n--) {
      mutate(body);
    }
    String text = body.toString();
    text =
        switch (random.nextInt(12)) {
          case 0 -> text.substring(0, random.nextInt(text.length()));
          case 1 -> pick(WRAPPINGS).replace("%s", text);
          case 2 -> edited(text);
          case 3 ->
              text.replaceFirst(
                  "\\{",
                  "{" + '"' + pick(List.of("state", "task_id", "x", "stages")) + "\":\"success\",");
          case 4 -> text.replace(":", " :\n ").replace(",", " , ");
          default -> text;
        };
    int status = random.nextInt(15) == 0 ? pick(List.of(204, 206, 302, 304, 400, 404, 500)) : 200;
    return new RecordedAnswer(status, Map.of(), text);
  }

  private ObjectNode body() {
    ObjectNode body = JSON.createObjectNode();
    body.put("task_id", taskId).put("cluster_id", "c1").put("task_type", "cluster_upgrade");
    body.put("state", random.nextInt(3) == 0 ? "success" : pick(STATES));
    body.put("created", "2020-11-10T16:02:04+08:00").put("updated", "2020-11-10T16:03:06+08:00");
    body.putObject("target").put("id", "c1\n").put("type", "cluster");
    body.putObject("parameters").put("login_password", "Canary7secret").put("n", 1);
    ObjectNode stage = body.putArray("stages").addObject();
    stage.put("state", "running").put("start_time", "2022-12-15 23:00:00").put("message", "m");
    stage.putObject("outputs").put("test", "test");
    body.put("current_stage", "DrainNodes");
    ArrayNode events = body.putArray("events");
    for (int n = random.nextInt(4); n >= 0; n--) {
      events
          .addObject()
          .put("action", "start")
          .put("level", "Normal")
          .put("message", "m" + n)
          .put("reason", "Start")
          .put("source", "ACK")
          .put("timestamp", "166970622928" + n);
    }
    body.putArray("task_result")
        .addObject()
        .put("data", "i-1")
        .put("status", random.nextInt(6) == 0 ? "failed" : "success");
    return body;
  }

  private void mutate(ObjectNode root) {
    ObjectNode at = random.nextInt(3) == 0 ? inner(root) : root;
    List<String> names = new ArrayList<>();
    at.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      return;
    }
    String name = pick(names);
    switch (random.nextInt(5)) {
      case 0 -> at.remove(name);
      case 1 -> at.put(name, pick(HOSTILE));
      case 2 -> at.set(name, literal());
      case 3 -> at.set(name, nested(random.nextInt(60)));
      default -> at.set("extra-" + name, at.get(name));
    }
  }

  private ObjectNode inner(ObjectNode root) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode child : root) {
      if (child instanceof ObjectNode object) {
        objects.add(object);
      } else if (child instanceof ArrayNode array && array.path(0) instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects.isEmpty() ? root : pick(objects);
  }

  private JsonNode literal() {
    try {
      return JSON.readTree(pick(LITERALS));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static JsonNode nested(int depth) {
    JsonNode node = JSON.getNodeFactory().textNode("deep");
    for (int i = 0; i < depth; i++) {
      node = i % 2 == 0 ? JSON.createArrayNode().add(node) : JSON.createObjectNode().set("k", node);
    }
    return node;
  }

  /** One character inserted, removed or replaced. */
  private String edited(String text) {
    StringBuilder edited = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char c = "\"'{}[],:\\ \u0000x7".charAt(random.nextInt(13));
    switch (random.nextInt(3)) {
      case 0 -> edited.deleteCharAt(at);
      case 1 -> edited.insert(at, c);
      default -> edited.setCharAt(at, c);
    }
    return edited.toString();
  }

  /** The top-level names of a JSON object, with duplicates. */
  static List<String> topLevelNames(String json) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token == JsonToken.FIELD_NAME && depth == 1) {
          names.add(parser.currentName());
        }
      }
    } catch (IOException notJson) {
      names.clear();
    }
    return names;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
