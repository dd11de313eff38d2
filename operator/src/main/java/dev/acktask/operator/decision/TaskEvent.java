package dev.acktask.operator.decision;

import dev.acktask.operator.task.TaskLookup;
import java.util.Objects;

/**
 * A transition that is recorded as a Kubernetes Event and logged. Events are best effort; the
 * status is authoritative.
 *
 * @param warning type Warning instead of Normal
 * @param reason CamelCase, at most 128 characters, from a fixed list
 * @param note human-readable, at most 1,024 characters
 * @param occurrence distinguishes two occurrences of one reason; equal when one occurrence is
 *     recorded twice (after a restart, or by two replicas)
 */
public record TaskEvent(boolean warning, String reason, String note, String occurrence) {

  /** The cloud contradicts the verdict of a finished task. */
  static TaskEvent contradiction(AckTaskSnapshot snapshot, Verdict kept, String claim) {
    String note =
        "The cloud now reports "
            + claim
            + " for this finished task; the verdict "
            + kept.reason()
            + " stays.";
    return new TaskEvent(true, "VerdictContradicted", note, request(snapshot));
  }

  /** A requested refresh failed. */
  static TaskEvent failedRefresh(AckTaskSnapshot snapshot, TaskLookup lookup) {
    String note = "The refresh failed: " + cause(lookup) + " Request it again if needed.";
    return new TaskEvent(true, "RefreshFailed", note, request(snapshot));
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
