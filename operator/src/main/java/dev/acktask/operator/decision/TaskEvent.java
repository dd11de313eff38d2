package dev.acktask.operator.decision;

import dev.acktask.operator.task.TaskLookup;
import java.util.Objects;

/**
 * A transition worth telling in the object's own Kubernetes events and in the log. Best effort: the
 * status is the record of truth.
 *
 * @param warning Warning rather than Normal
 * @param reason CamelCase, at most 128 characters, from a fixed list
 * @param note for people, at most 1,024 characters
 * @param occurrence tells two occurrences of one reason apart, and one occurrence told twice (after
 *     a restart, or by two replicas) does not
 */
public record TaskEvent(boolean warning, String reason, String note, String occurrence) {

  /** The cloud takes back what it had said of a finished task. */
  static TaskEvent contradiction(Subject subject, Verdict kept, String claim) {
    String note =
        "Of this finished task the cloud now says "
            + claim
            + "; the verdict "
            + kept.reason()
            + " stays.";
    return new TaskEvent(true, "VerdictContradicted", note, request(subject));
  }

  /** A fresh look that was asked for brought no answer. */
  static TaskEvent failedRefresh(Subject subject, TaskLookup lookup) {
    String note = "The refresh brought no answer: " + cause(lookup) + " Ask again if needed.";
    return new TaskEvent(true, "RefreshFailed", note, request(subject));
  }

  private static String cause(TaskLookup lookup) {
    return switch (lookup) {
      case TaskLookup.Found found -> "";
      case TaskLookup.NotFound missing -> missing.message();
      case TaskLookup.Throttled throttled -> throttled.message();
      case TaskLookup.Rejected rejected -> rejected.message();
      case TaskLookup.Unavailable unavailable -> unavailable.message();
    };
  }

  private static String request(Subject subject) {
    return Objects.requireNonNullElse(subject.refreshRequest(), "");
  }
}
