package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * One version of an AckTask or an AckTaskGate as it was stored.
 *
 * @param observedAt when the watch delivered it
 * @param deleted true for a deletion; {@code object} is then the last version
 * @param forged true when a test wrote its status
 */
public record ObjectVersion(
    Instant observedAt, long revision, boolean deleted, boolean forged, JsonNode object) {

  /** Label of an object that a discovery created; the value names the discovery. */
  static final String DISCOVERED_BY = "acktask.dev/discovered-by";

  private static final String OPERATOR = "acktask-operator";

  /** The discovery that its label names; empty without the label. */
  String discovery() {
    return object.at("/metadata/labels").path(DISCOVERED_BY).asText();
  }

  /**
   * True for an object with the label of a discovery, and for one that the operator wrote when it
   * was created: only discoveries create objects. Asked of its first version.
   */
  boolean isCreatedByDiscovery() {
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      if (entry.path("manager").asText().equals(OPERATOR) && !entry.has("subresource")) {
        return true;
      }
    }
    return !discovery().isEmpty();
  }

  /** Its connection with the namespace, so that equal names are not confused. */
  String connection() {
    JsonNode reference = object.at("/spec/connectionRef");
    String kind = reference.path("kind").asText();
    String namespace =
        kind.equals("AckConnection") ? object.at("/metadata/namespace").asText() + "/" : "";
    return kind + " " + namespace + reference.path("name").asText();
  }

  String namespace() {
    return object.at("/metadata/namespace").asText();
  }

  String name() {
    return object.at("/metadata/name").asText();
  }

  String uid() {
    return object.at("/metadata/uid").asText();
  }

  /** True if it has each of the labels in {@code selector}. */
  boolean hasLabels(JsonNode selector) {
    JsonNode labels = object.at("/metadata/labels");
    for (Map.Entry<String, JsonNode> label : selector.properties()) {
      if (!label.getValue().equals(labels.path(label.getKey()))) {
        return false;
      }
    }
    return true;
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

  /** The required cluster of the task; empty for any cluster. */
  String clusterId() {
    return object.at("/spec/clusterId").asText();
  }

  /** The region that its status names; empty without one. */
  String region() {
    return status().at("/connection/regionId").asText();
  }

  /** True when it names a connection, so that its region is not known before its status says so. */
  boolean namesConnection() {
    return object.at("/spec").has("connectionRef");
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

  /** The last handled refresh request; empty when there is none. */
  String handledRefresh() {
    return status().path("lastHandledRefreshAt").asText();
  }

  /** One sign of success counts as success, because a gate may depend on any of them. */
  FinalState finalState() {
    String phase = status().path("phase").asText();
    if (phase.equals("Succeeded") || isTrue("Succeeded") || isTrue("Ready")) {
      return FinalState.SUCCEEDED;
    }
    return switch (phase) {
      case "Failed" -> FinalState.FAILED;
      case "Canceled" -> FinalState.CANCELED;
      default -> FinalState.NONE;
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
            finalState(),
            deleted ? ", deleted" : "");
  }
}
