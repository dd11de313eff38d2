package dev.acktask.e2e.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.http.Transmission.Outcome;
import dev.acktask.simulator.journal.Served;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * One request for a task and what the cloud answered. Its reading of the answer is written anew
 * from the published words, so that a mistake of the operator is not repeated here.
 *
 * @param asked when the request had arrived
 * @param whole whether the client could read all of it
 */
public record CloudAnswer(Instant asked, String taskId, int status, String body, boolean whole) {
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What the simulator keeps of an answer, bytes. */
  private static final int KEPT = 64 * 1024;

  private static final Set<String> SUCCESS = Set.of("success", "succeeded");
  private static final Set<String> FAILURE = Set.of("fail", "failed", "error", "timeout");
  private static final Set<String> CANCELED = Set.of("canceled", "cancelled", "cancel");

  static CloudAnswer of(Served served) {
    Outcome outcome = served.outcome();
    return new CloudAnswer(
        served.time(),
        served.taskId().orElse(""),
        served.status(),
        served.body(),
        outcome == Outcome.COMPLETE || outcome == Outcome.SENDING);
  }

  /** What this answer says of the task that was asked for. */
  Verdict verdict(boolean strict) {
    JsonNode task = readable();
    String state = task.path("state").textValue();
    if (state == null) {
      return Verdict.NONE;
    }
    if (SUCCESS.contains(state)) {
      return strict && anyResultFailed(task) ? Verdict.FAILED : Verdict.SUCCEEDED;
    }
    return ofFailure(state);
  }

  /** False when it tells of a task of another cluster, which must be shown nowhere. */
  boolean mayBeOf(String clusterId) {
    JsonNode task = readable();
    return clusterId.isEmpty()
        || task.isMissingNode()
        || clusterId.equals(task.path("cluster_id").asText().strip());
  }

  /** The answer without what differs from read to read though nothing changed. */
  String content() {
    return status + " " + (readable().isMissingNode() ? "" : readable());
  }

  private JsonNode readable() {
    if (status != 200 || !whole) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode task = STRICT.readTree(body);
      return taskId.equals(task.path("task_id").textValue()) ? task : MissingNode.getInstance();
    } catch (JsonProcessingException unreadable) {
      return body.length() >= KEPT ? beginning() : MissingNode.getInstance();
    }
  }

  /** The plain fields at the beginning of an answer of which the simulator keeps no more. */
  private JsonNode beginning() {
    ObjectNode task = JsonNodeFactory.instance.objectNode();
    try (JsonParser parser = STRICT.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken().isStructStart()) {
          parser.skipChildren();
        } else {
          task.put(name, parser.getText());
        }
      }
    } catch (IOException cut) {
      // Here the kept part ends.
    }
    return taskId.equals(task.path("task_id").textValue()) ? task : MissingNode.getInstance();
  }

  private static boolean anyResultFailed(JsonNode task) {
    for (JsonNode result : task.path("task_result")) {
      String status = result.path("status").textValue();
      if (status != null && ofFailure(status).isFailure()) {
        return true;
      }
    }
    return false;
  }

  private static Verdict ofFailure(String word) {
    String folded = word.replaceAll("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$", "").toLowerCase(Locale.ROOT);
    if (FAILURE.contains(folded)) {
      return Verdict.FAILED;
    }
    return CANCELED.contains(folded) ? Verdict.CANCELED : Verdict.NONE;
  }
}
