package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The kstatus rules by which Flux, Helm 4 and others read an object of an unknown kind.
 *
 * @see <a href="https://github.com/kubernetes-sigs/cli-utils/tree/master/pkg/kstatus">kstatus</a>
 */
public enum Kstatus {
  CURRENT("Current"),
  IN_PROGRESS("InProgress"),
  FAILED("Failed"),
  TERMINATING("Terminating");

  private final String printed;

  Kstatus(String printed) {
    this.printed = printed;
  }

  /** The name by which kstatus prints it. */
  public String printed() {
    return printed;
  }

  /** What kstatus concludes from {@code object}. */
  public static Kstatus of(JsonNode object) {
    if (object.at("/metadata").has("deletionTimestamp")) {
      return TERMINATING;
    }
    JsonNode status = object.path("status");
    JsonNode observed = status.path("observedGeneration");
    if (observed.isNumber() && observed.asLong() != object.at("/metadata/generation").asLong()) {
      return IN_PROGRESS;
    }
    for (JsonNode condition : status.path("conditions")) {
      if (is(condition, "Reconciling", "True")) {
        return IN_PROGRESS;
      }
      if (is(condition, "Stalled", "True")) {
        return FAILED;
      }
    }
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return is(condition, "Ready", "True") ? CURRENT : IN_PROGRESS;
      }
    }
    return CURRENT;
  }

  /** True when the status has a condition of {@code type} that is True. */
  static boolean isTrue(JsonNode object, String type) {
    for (JsonNode condition : object.at("/status/conditions")) {
      if (is(condition, type, "True")) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(JsonNode condition, String type, String status) {
    return condition.path("type").asText().equals(type)
        && condition.path("status").asText().equals(status);
  }
}
