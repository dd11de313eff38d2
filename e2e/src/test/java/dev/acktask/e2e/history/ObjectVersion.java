package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One version of an AckTask as it was stored.
 *
 * @param seen when we heard of it
 * @param deleted its end; {@code object} is what it was last
 * @param forged its status is not the operator's: a test wrote it
 */
public record ObjectVersion(
    Instant seen, long revision, boolean deleted, boolean forged, JsonNode object) {

  String uid() {
    return object.at("/metadata/uid").asText();
  }

  Instant created() {
    return Instant.parse(object.at("/metadata/creationTimestamp").asText());
  }

  long generation() {
    return object.at("/metadata/generation").asLong();
  }

  String taskId() {
    return object.at("/spec/taskId").asText();
  }

  /** The cluster that the task must belong to; empty when any will do. */
  String clusterId() {
    return object.at("/spec/clusterId").asText();
  }

  boolean strict() {
    return !object.at("/spec/successPolicy").asText().equals("StateOnly");
  }

  JsonNode status() {
    return object.path("status");
  }

  long observedGeneration() {
    return status().path("observedGeneration").asLong(-1);
  }

  /** The last request for a fresh look that was answered; empty when none was. */
  String handledRefresh() {
    return status().path("lastHandledRefreshAt").asText();
  }

  /** The worst reading: one sign of success is a success, because one sign opens a gate. */
  Verdict verdict() {
    String phase = status().path("phase").asText();
    if (phase.equals("Succeeded") || isTrue("Succeeded") || isTrue("Ready")) {
      return Verdict.SUCCEEDED;
    }
    return switch (phase) {
      case "Failed" -> Verdict.FAILED;
      case "Canceled" -> Verdict.CANCELED;
      default -> Verdict.NONE;
    };
  }

  private boolean isTrue(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition.path("status").asText().equals("True");
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "%s/%s at revision %d (%s%s)"
        .formatted(
            object.at("/metadata/namespace").asText(),
            object.at("/metadata/name").asText(),
            revision,
            verdict(),
            deleted ? ", deleted" : "");
  }
}
