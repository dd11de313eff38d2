package dev.acktask.operator.discovery;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.DiscoveryConditionType;
import dev.acktask.operator.event.ObjectEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The transitions of a discovery. */
final class DiscoveryEvents {
  /** Reason of the event when Ready becomes True. */
  static final String DISCOVERY_READY = "DiscoveryReady";

  /** Reason of the event for created AckTasks. */
  static final String TASKS_CREATED = "TasksCreated";

  /** Reason of the event when Synced becomes False. */
  static final String SWEEP_FAILED = "SweepFailed";

  /** Names in one event. */
  private static final int MAX_NAMES = 10;

  private DiscoveryEvents() {}

  static List<ObjectEvent> of(
      DiscoverySnapshot object, List<Condition> conditions, DiscoveryFindings findings) {
    List<ObjectEvent> events = new ArrayList<>();
    List<String> created = findings.createdNow();
    if (!created.isEmpty()) {
      events.add(
          new ObjectEvent(
              false,
              TASKS_CREATED,
              note(created),
              object.uid() + ":" + findings.numbers().created()));
    }
    for (Condition condition : conditions) {
      event(object, condition).ifPresent(events::add);
    }
    return List.copyOf(events);
  }

  private static String note(List<String> created) {
    String names = String.join(", ", created.subList(0, Math.min(created.size(), MAX_NAMES)));
    return "Created "
        + created.size()
        + (created.size() == 1 ? " AckTask: " : " AckTasks: ")
        + names
        + (created.size() > MAX_NAMES ? ", …" : "");
  }

  private static Optional<ObjectEvent> event(DiscoverySnapshot object, Condition is) {
    DiscoveryConditionType type = type(is);
    Optional<Condition> was = DiscoverySnapshot.condition(object.trustedStatus(), type);
    boolean isSame =
        was.filter(
                before ->
                    is.status().equals(before.status())
                        && (type != DiscoveryConditionType.READY
                            || is.reason().equals(before.reason())))
            .isPresent();
    String occurrence =
        object.uid()
            + ":"
            + object.generation()
            + ":"
            + was.map(Condition::lastTransitionTime).orElse("");
    if (isSame) {
      return Optional.empty();
    }
    return switch (type) {
      case READY ->
          switch (is.status()) {
            case Condition.TRUE ->
                Optional.of(new ObjectEvent(false, DISCOVERY_READY, is.message(), occurrence));
            case Condition.FALSE ->
                Optional.of(new ObjectEvent(true, is.reason(), is.message(), occurrence));
            default -> Optional.empty();
          };
      case SYNCED ->
          is.status().equals(Condition.FALSE)
              ? Optional.of(new ObjectEvent(true, SWEEP_FAILED, is.message(), occurrence))
              : Optional.empty();
      case LIMITED -> Optional.of(new ObjectEvent(true, is.reason(), is.message(), occurrence));
    };
  }

  private static DiscoveryConditionType type(Condition condition) {
    for (DiscoveryConditionType type : DiscoveryConditionType.values()) {
      if (type.apiName().equals(condition.type())) {
        return type;
      }
    }
    throw new IllegalArgumentException("not a condition of a discovery: " + condition.type());
  }
}
