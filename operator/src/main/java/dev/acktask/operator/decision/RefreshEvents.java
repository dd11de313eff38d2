package dev.acktask.operator.decision;

import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.task.TaskLookup;
import java.util.Objects;

/** The events of a requested refresh of a finished task. */
final class RefreshEvents {
  private RefreshEvents() {}

  /** The cloud contradicts the verdict of a finished task. */
  static ObjectEvent contradiction(AckTaskSnapshot snapshot, Verdict kept, String claim) {
    String note =
        "The cloud now reports "
            + claim
            + " for this finished task; the verdict "
            + kept.reason()
            + " stays.";
    return new ObjectEvent(true, "VerdictContradicted", note, request(snapshot));
  }

  /** A requested refresh failed. */
  static ObjectEvent failed(AckTaskSnapshot snapshot, TaskLookup lookup) {
    String note = "The refresh failed: " + cause(lookup) + " Request it again if needed.";
    return new ObjectEvent(true, "RefreshFailed", note, request(snapshot));
  }

  private static String cause(TaskLookup lookup) {
    return switch (lookup) {
      case TaskLookup.Found found -> "";
      case TaskLookup.Unchanged unchanged -> "";
      case TaskLookup.NotFound missing -> missing.message();
      case TaskLookup.Throttled throttled -> throttled.message();
      case TaskLookup.Rejected rejected -> rejected.message();
      case TaskLookup.Unavailable unavailable -> unavailable.message();
    };
  }

  private static String request(AckTaskSnapshot snapshot) {
    return Objects.requireNonNullElse(snapshot.refreshRequest(), "");
  }
}
