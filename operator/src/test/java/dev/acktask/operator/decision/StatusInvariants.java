package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Invariants of every written status. */
public final class StatusInvariants {
  private static final Set<Phase> SETTLED =
      Set.of(Phase.SUCCEEDED, Phase.FAILED, Phase.CANCELED, Phase.STALLED);

  private StatusInvariants() {}

  public static void check(AckTaskStatus status, long generation) {
    assertEquals(generation, status.observedGeneration());
    List<String> types = status.conditions().stream().map(Condition::type).toList();
    assertEquals(types.stream().sorted().distinct().toList(), types, "sorted, each once");
    for (Condition condition : status.conditions()) {
      assertEquals(generation, condition.observedGeneration(), condition.type());
      assertTrue(condition.message().length() <= 1024, condition.type());
      assertTrue(condition.reason().matches("[A-Z][A-Za-z]+"), condition.reason());
      Instant.parse(condition.lastTransitionTime());
    }
    Condition succeeded = find(status, ConditionType.SUCCEEDED);
    Condition ready = find(status, ConditionType.READY);
    assertEquals(succeeded.status(), ready.status());
    assertEquals(succeeded.reason(), ready.reason());
    assertEquals(succeeded.reason(), status.reason());
    assertEquals(succeeded.message(), status.message());

    boolean settled = !succeeded.status().equals("Unknown");
    assertEquals(settled ? "True" : "False", find(status, ConditionType.SETTLED).status());
    assertEquals(settled, SETTLED.contains(status.phase()), () -> "phase " + status.phase());
    assertEquals(succeeded.status().equals("True"), status.phase() == Phase.SUCCEEDED);
    boolean suspended = succeeded.reason().equals("Suspended");
    assertEquals(!settled && !suspended, types.contains("Reconciling"));
    assertEquals(succeeded.status().equals("False"), types.contains("Stalled"));
    assertFalse(types.contains("Reconciling") && types.contains("Stalled"));
    boolean finished = settled && status.phase() != Phase.STALLED;
    assertEquals(finished, status.completionTime() != null, "completionTime when finished");
    assertFalse(finished && types.contains("Overdue"));
    assertFalse(finished && types.contains("SlowerThanUsual"));
    assertFalse(finished && status.estimatedCompletionTime() != null);
    assertEquals(status.estimatedCompletionTime() == null, status.estimateSampleSize() == null);
    assertNotNull(find(status, ConditionType.SYNCED));
    assertTrue(StatusBudget.size(status) <= StatusBudget.LIMIT);
    assertEquals(
        kstatus(status),
        succeeded.status().equals("True")
            ? "Current"
            : succeeded.status().equals("False") ? "Failed" : "InProgress");
  }

  /** The algorithm of kstatus for a custom resource. */
  public static String kstatus(AckTaskStatus status) {
    for (Condition condition : status.conditions()) {
      if (condition.type().equals("Reconciling") && condition.status().equals("True")) {
        return "InProgress";
      }
      if (condition.type().equals("Stalled") && condition.status().equals("True")) {
        return "Failed";
      }
    }
    return status.conditions().stream()
            .filter(c -> c.type().equals("Ready"))
            .allMatch(c -> c.status().equals("True"))
        ? "Current"
        : "InProgress";
  }

  private static Condition find(AckTaskStatus status, ConditionType type) {
    Condition condition = Conditions.find(status, type);
    assertNotNull(condition, type.apiName());
    return condition;
  }
}
