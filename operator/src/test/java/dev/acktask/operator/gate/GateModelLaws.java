package dev.acktask.operator.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.event.ObjectEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds for each decision: about the present status, the world and nothing else. */
final class GateModelLaws {
  private final GateModelWorld world;

  /** The trusted status; null if another client wrote it. */
  private final @Nullable GateStatus before;

  private final GateDecision decision;
  private final Map<String, Condition> conditions = new TreeMap<>();

  GateModelLaws(GateModelWorld world, @Nullable GateStatus before, GateDecision decision) {
    this.world = world;
    this.before = before;
    this.decision = decision;
    decision.status().conditions().forEach(it -> conditions.put(it.type(), it));
  }

  /** Checks a decision that is not final yet. */
  void check(GateModelOracle.Expected expected) {
    Condition succeeded = conditions.get("Succeeded");
    assertEquals(
        expected.status() + " " + expected.reason() + " " + expected.done(),
        succeeded.status() + " " + succeeded.reason() + " " + decision.status().done());
    assertEquals(types(expected), states());
    assertEquals(phase(expected), decision.status().phase());
    assertEquals(expected.isOpen(), decision.status().blocking() == null);
    conditions.values().forEach(this::checkTime);
    checkEvents(succeeded.status());
    checkDeadline(expected);
  }

  private Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    conditions.forEach((type, it) -> states.put(type, it.status()));
    states.remove("Synced");
    return states;
  }

  private Map<String, String> types(GateModelOracle.Expected expected) {
    boolean isFinal = isAllSucceeded() && !expected.status().equals("Unknown");
    Map<String, String> types = new TreeMap<>();
    types.put("Succeeded", expected.status());
    types.put("Ready", expected.status());
    types.put("Settled", isFinal ? "True" : "False");
    if (expected.status().equals("Unknown")) {
      types.put("Reconciling", "True");
    }
    if (expected.status().equals("False")) {
      types.put("Stalled", "True");
    }
    if (isOverdue(expected)) {
      types.put("Overdue", "True");
    }
    return types;
  }

  private boolean isAllSucceeded() {
    return world.spec.clusterIds() == null;
  }

  private boolean isOverdue(GateModelOracle.Expected expected) {
    return world.spec.deadline() != null
        && expected.status().equals("Unknown")
        && !world.now.isBefore(GateModelWorld.CREATED.plusSeconds(60));
  }

  private static String phase(GateModelOracle.Expected expected) {
    return switch (expected.status()) {
      case "True" -> "Succeeded";
      case "False" -> "Failed";
      default -> "Waiting";
    };
  }

  private void checkTime(Condition condition) {
    Condition was = of(before, condition.type());
    boolean isSame = was != null && was.status().equals(condition.status());
    String expected =
        isSame ? was.lastTransitionTime() : world.now.truncatedTo(ChronoUnit.SECONDS).toString();
    assertEquals(expected, condition.lastTransitionTime(), condition.type());
  }

  private void checkEvents(String is) {
    Condition condition = of(before, "Succeeded");
    String was = condition == null ? "Unknown" : condition.status();
    List<String> expected = new ArrayList<>();
    if (conditions.containsKey("Overdue") && of(before, "Overdue") == null) {
      expected.add("Overdue");
    }
    if (!was.equals(is)) {
      switch (is) {
        case "True" -> expected.add("GateOpened");
        case "False" -> expected.add("GateClosed");
        default -> {
          if (was.equals("True")) {
            expected.add("GateWaiting");
          }
        }
      }
    }
    assertEquals(expected, decision.events().stream().map(ObjectEvent::reason).toList());
  }

  private void checkDeadline(GateModelOracle.Expected expected) {
    Instant deadline = GateModelWorld.CREATED.plusSeconds(60);
    boolean isAhead =
        world.spec.deadline() != null
            && expected.status().equals("Unknown")
            && world.now.isBefore(deadline);
    assertEquals(
        isAhead ? Duration.between(world.now, deadline) : null, decision.reconcileAgainAfter());
  }

  private static @Nullable Condition of(@Nullable GateStatus status, String type) {
    return status == null
        ? null
        : status.conditions().stream()
            .filter(it -> it.type().equals(type))
            .findFirst()
            .orElse(null);
  }
}
