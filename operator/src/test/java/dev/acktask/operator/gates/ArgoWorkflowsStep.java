package dev.acktask.operator.gates;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The state of a step of Argo Workflows with a {@code resource} template. */
enum ArgoWorkflowsStep {
  WAITING,
  SUCCEEDED,
  FAILED;

  /** The state of the step of {@code resource} for {@code object}. */
  static ArgoWorkflowsStep of(JsonNode resource, JsonNode object) {
    return of(
        resource.get("successCondition").asText(),
        resource.get("failureCondition").asText(),
        object);
  }

  /** Failure is checked first, and one matching part is enough; success needs all of its parts. */
  static ArgoWorkflowsStep of(String success, String failure, JsonNode object) {
    List<LabelSelector.Requirement> failures = LabelSelector.parse(failure).requirements();
    if (failures.stream().anyMatch(requirement -> requirement.matches(object))) {
      return FAILED;
    }
    List<LabelSelector.Requirement> successes = LabelSelector.parse(success).requirements();
    return successes.stream().allMatch(requirement -> requirement.matches(object))
        ? SUCCEEDED
        : WAITING;
  }

  /** The state that a Succeeded condition with {@code status} means. */
  static ArgoWorkflowsStep ofVerdict(String status) {
    return switch (status) {
      case "True" -> SUCCEEDED;
      case "False" -> FAILED;
      default -> WAITING;
    };
  }
}
