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
import dev.acktask.simulator.requestlog.RequestRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * One request for a task and its answer. This class interprets the answer without code of the
 * operator, so that a mistake of the operator is not repeated here.
 *
 * @param asked arrival of the request
 * @param region that the request names
 * @param whole whether the client could read all of it
 */
public record CloudAnswer(
    Instant asked, String taskId, String region, int status, String body, boolean whole) {
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The simulator keeps so many bytes of an answer. */
  private static final int KEPT = 64 * 1024;

  private static final Set<String> SUCCESS = Set.of("success", "succeeded");
  private static final Set<String> FAILURE = Set.of("fail", "failed", "error", "timeout");
  private static final Set<String> CANCELED = Set.of("canceled", "cancelled", "cancel");

  static CloudAnswer of(RequestRecord served) {
    Outcome outcome = served.outcome();
    return new CloudAnswer(
        served.time(),
        served.taskId().orElse(""),
        served.region(),
        served.status(),
        served.body(),
        outcome == Outcome.COMPLETE || outcome == Outcome.SENDING);
  }

  /** The final state of the requested task according to this answer. */
  FinalState finalState(boolean strict) {
    JsonNode task = readable();
    String state = task.path("state").textValue();
    if (state == null) {
      return FinalState.NONE;
    }
    if (SUCCESS.contains(state)) {
      return strict && anyResultFailed(task) ? FinalState.FAILED : FinalState.SUCCEEDED;
    }
    return ofFailure(state);
  }

  /** False when the task belongs to another cluster and so must not be in any status. */
  boolean mayBeOf(String clusterId) {
    JsonNode task = readable();
    return clusterId.isEmpty()
        || task.isMissingNode()
        || clusterId.equals(task.path("cluster_id").asText().strip());
  }

  /** The answer without the parts that differ between reads of an unchanged task. */
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

  /** The scalar fields at the beginning of an answer that the simulator cut. */
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
      // the end of the kept part
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

  private static FinalState ofFailure(String word) {
    String folded = word.replaceAll("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$", "").toLowerCase(Locale.ROOT);
    if (FAILURE.contains(folded)) {
      return FinalState.FAILED;
    }
    return CANCELED.contains(folded) ? FinalState.CANCELED : FinalState.NONE;
  }
}
