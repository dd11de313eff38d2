package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.event.ObjectEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The events of the transition between two statuses of one object. */
final class TransitionEvents {
  private static final Set<String> WARNING_LEVELS = Set.of("warning", "error");

  /** Causes that concern all tasks of a connection alike. */
  private static final Set<String> CAUSES_OF_CONNECTION =
      Stream.of(
              Reason.UNAUTHORIZED,
              Reason.CREDENTIALS_MISSING,
              Reason.CREDENTIALS_INVALID,
              Reason.ROLE_NOT_ASSUMABLE,
              Reason.CONNECTION_NOT_FOUND,
              Reason.CONNECTION_NOT_ALLOWED,
              Reason.CONNECTION_INVALID,
              Reason.CONNECTION_SUSPENDED)
          .map(Reason::apiName)
          .collect(Collectors.toUnmodifiableSet());

  private final @Nullable AckTaskStatus before;
  private final AckTaskStatus after;
  private final List<ObjectEvent> events = new ArrayList<>();

  private TransitionEvents(@Nullable AckTaskStatus before, AckTaskStatus after) {
    this.before = before;
    this.after = after;
  }

  static List<ObjectEvent> between(@Nullable AckTaskStatus before, AckTaskStatus after) {
    TransitionEvents transitions = new TransitionEvents(before, after);
    transitions.suspension();
    transitions.sync();
    transitions.stage();
    transitions.warningsOfTheTask();
    transitions.overdue();
    transitions.slowness();
    transitions.verdict();
    return transitions.events;
  }

  private void verdict() {
    Verdict was = Verdict.of(before);
    Verdict is = Verdict.of(after);
    if (was.reason().equals(is.reason())) {
      return;
    }
    if (is.hasReason(Reason.RUNNING)) {
      add(false, was.hasReason(Reason.PAUSED) ? "TaskResumed" : "TaskRunning", is.message());
    } else if (is.hasReason(Reason.PAUSED)) {
      add(false, "TaskPaused", is.message());
    } else if (is.hasReason(Reason.TASK_SUCCEEDED)) {
      add(after.error() != null, is.reason(), is.message());
    } else if (!is.hasReason(Reason.NOT_OBSERVED)) {
      add(true, is.reason(), is.message());
    }
  }

  private void suspension() {
    boolean was = Verdict.isSuspended(before);
    boolean is = Verdict.isSuspended(after);
    String generation = String.valueOf(after.observedGeneration());
    if (!was && is) {
      events.add(new ObjectEvent(false, "Suspended", "The task is not polled.", generation));
    } else if (was && !is) {
      events.add(new ObjectEvent(false, "Resumed", "The task is polled again.", generation));
    }
  }

  private void overdue() {
    Condition overdue = Conditions.find(after, ConditionType.OVERDUE);
    if (overdue != null && Conditions.find(before, ConditionType.OVERDUE) == null) {
      events.add(new ObjectEvent(true, "Overdue", overdue.message(), overdue.message()));
    }
  }

  private void slowness() {
    Condition slow = Conditions.find(after, ConditionType.SLOWER_THAN_USUAL);
    if (slow != null && Conditions.find(before, ConditionType.SLOWER_THAN_USUAL) == null) {
      String since = slow.lastTransitionTime();
      events.add(new ObjectEvent(true, "SlowerThanUsual", slow.message(), since));
    }
  }

  private void stage() {
    String is = after.currentStage();
    if (before == null || is == null || Objects.equals(before.currentStage(), is)) {
      return;
    }
    if (!Verdict.of(after).isSettled()) {
      String progress = after.progress() == null ? "" : " (" + after.progress() + " finished)";
      events.add(new ObjectEvent(false, "StageChanged", "Stage " + is + progress + ".", is));
    }
  }

  private void sync() {
    SyncState was = SyncState.of(before);
    SyncState is = SyncState.of(after);
    if (was.reason().equals(is.reason()) || is.reason().equals(Verdict.of(after).reason())) {
      return;
    }
    if (is.isFailed()) {
      if (!isReportedByConnection(is, after)) {
        events.add(new ObjectEvent(true, is.reason(), is.message(), syncedSince(before)));
      }
    } else if (was.isFailed() && !isReportedByConnection(was, before)) {
      events.add(
          new ObjectEvent(false, "SyncRegained", "The cloud answers again.", syncedSince(before)));
    }
  }

  /**
   * True if the object of the connection has the event: a thousand tasks with one bad key make one
   * event, not a thousand. The built-in connection has no object.
   */
  private static boolean isReportedByConnection(SyncState sync, @Nullable AckTaskStatus status) {
    AckTaskStatus.Connection connection = status == null ? null : status.connection();
    return connection != null
        && !AckTaskStatus.Connection.BUILT_IN.equals(connection.kind())
        && CAUSES_OF_CONNECTION.contains(sync.reason());
  }

  private void warningsOfTheTask() {
    for (AckTaskStatus.Event event : after.events()) {
      String level = event.level();
      boolean warning = level != null && WARNING_LEVELS.contains(level.toLowerCase(Locale.ROOT));
      if (warning && (before == null || !before.events().contains(event))) {
        String note = text(event.reason()) + ": " + text(event.message());
        events.add(new ObjectEvent(true, "TaskWarning", note, text(event.time()) + note));
      }
    }
  }

  private void add(boolean warning, String reason, String note) {
    events.add(new ObjectEvent(warning, reason, note, text(after.updatedTime())));
  }

  private static String syncedSince(@Nullable AckTaskStatus status) {
    Condition synced = Conditions.find(status, ConditionType.SYNCED);
    return synced == null ? "" : synced.lastTransitionTime();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
