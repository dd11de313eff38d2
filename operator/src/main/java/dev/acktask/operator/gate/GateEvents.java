package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.event.ObjectEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The transitions of a gate from its trusted status. */
final class GateEvents {
  /** Reason of the event when Succeeded becomes True. */
  static final String OPENED = "GateOpened";

  /** Reason of the event when Succeeded becomes False. */
  static final String CLOSED = "GateClosed";

  /** Reason of the event when a NoneRunning gate that was open waits. */
  static final String WAITING = "GateWaiting";

  /** Reason of the event when the deadline has passed. */
  static final String OVERDUE = "Overdue";

  private final GateSnapshot gate;
  private final List<Condition> conditions;
  private final List<ObjectEvent> events = new ArrayList<>();

  private GateEvents(GateSnapshot gate, List<Condition> conditions) {
    this.gate = gate;
    this.conditions = conditions;
  }

  static List<ObjectEvent> of(GateSnapshot gate, List<Condition> conditions) {
    GateEvents transitions = new GateEvents(gate, conditions);
    transitions.now(ConditionType.OVERDUE).ifPresent(transitions::overdue);
    transitions.now(ConditionType.SUCCEEDED).ifPresent(transitions::verdict);
    return List.copyOf(transitions.events);
  }

  private void overdue(Condition overdue) {
    if (gate.condition(ConditionType.OVERDUE).isEmpty()) {
      add(true, OVERDUE, overdue.message(), overdue.message());
    }
  }

  private void verdict(Condition is) {
    Optional<Condition> was = gate.condition(ConditionType.SUCCEEDED);
    String before = was.map(Condition::status).orElse(Condition.UNKNOWN);
    if (before.equals(is.status())) {
      return;
    }
    String since = was.map(Condition::lastTransitionTime).orElse("");
    String occurrence = gate.generation() + ":" + since;
    switch (is.status()) {
      case Condition.TRUE -> add(false, OPENED, is.message(), occurrence);
      case Condition.FALSE -> add(true, CLOSED, is.message(), occurrence);
      default -> {
        if (before.equals(Condition.TRUE)) {
          add(false, WAITING, is.message(), occurrence);
        }
      }
    }
  }

  private void add(boolean isWarning, String reason, String note, String occurrence) {
    events.add(new ObjectEvent(isWarning, reason, note, gate.uid() + ":" + occurrence));
  }

  private Optional<Condition> now(ConditionType type) {
    return conditions.stream().filter(it -> type.apiName().equals(it.type())).findFirst();
  }
}
