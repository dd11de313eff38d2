package dev.acktask.operator.gate;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.GateReason;
import dev.acktask.operator.text.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The conditions of one status. All follow from one finding, so that they cannot contradict each
 * other.
 */
final class GateConditions {
  private final GateSnapshot gate;
  private final String now;
  private final List<Condition> list = new ArrayList<>();

  private GateConditions(GateSnapshot gate, Instant now) {
    this.gate = gate;
    this.now = now.truncatedTo(SECONDS).toString();
  }

  /** The conditions that follow from {@code finding}, sorted by type. */
  static List<Condition> of(
      GateSnapshot gate, GateFinding finding, GateDeadline deadline, Instant now) {
    GateConditions conditions = new GateConditions(gate, now);
    GateVerdict verdict = finding.verdict();
    GateReason reason = verdict.reason();
    String message = SafeText.MESSAGE.of(verdict.message());
    String settled = verdict.isSettled() ? Condition.TRUE : Condition.FALSE;
    conditions.add(ConditionType.SUCCEEDED, verdict.status(), reason, message);
    conditions.add(ConditionType.READY, verdict.status(), reason, message);
    conditions.add(ConditionType.SETTLED, settled, reason, message);
    conditions.sync(finding.sync());
    if (deadline.isExceeded(verdict, now)) {
      conditions.add(
          ConditionType.OVERDUE, Condition.TRUE, GateReason.DEADLINE_EXCEEDED, deadline.message());
    }
    if (verdict.isWaiting()) {
      String all =
          finding.sync().isFailed()
              ? SafeText.MESSAGE.of(message + " " + finding.sync().message())
              : message;
      conditions.add(ConditionType.RECONCILING, Condition.TRUE, reason, all);
    } else if (verdict.isStalled()) {
      conditions.add(ConditionType.STALLED, Condition.TRUE, reason, message);
    }
    conditions.list.sort(Comparator.comparing(Condition::type));
    return List.copyOf(conditions.list);
  }

  private void sync(GateSync sync) {
    add(ConditionType.SYNCED, sync.status(), sync.reason(), SafeText.MESSAGE.of(sync.message()));
  }

  private void add(ConditionType type, String status, GateReason reason, String message) {
    String since =
        gate.condition(type)
            .filter(before -> status.equals(before.status()))
            .map(Condition::lastTransitionTime)
            .orElse(now);
    list.add(
        new Condition(type.apiName(), status, reason.apiName(), message, gate.generation(), since));
  }
}
