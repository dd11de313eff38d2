package dev.acktask.operator.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The condition list of one status, derived as a whole from the verdict and the view of the cloud,
 * so that no two conditions can contradict each other.
 */
final class Conditions {
  private final @Nullable AckTaskStatus previous;
  private final long generation;
  private final String now;
  private final List<Condition> list = new ArrayList<>();

  private Conditions(@Nullable AckTaskStatus previous, long generation, Instant now) {
    this.previous = previous;
    this.generation = generation;
    this.now = now.truncatedTo(SECONDS).toString();
  }

  /**
   * The conditions that follow from {@code verdict} and {@code sync}, sorted by type.
   *
   * @param deadline when the task is late, null when it never is
   */
  static List<Condition> of(
      Verdict verdict,
      Sync sync,
      @Nullable Instant deadline,
      @Nullable AckTaskStatus previous,
      long generation,
      Instant now) {
    Conditions conditions = new Conditions(previous, generation, now);
    String settled = verdict.settled() ? Condition.TRUE : Condition.FALSE;
    conditions.add(ConditionType.SUCCEEDED, verdict.status(), verdict.reason(), verdict.message());
    conditions.add(ConditionType.READY, verdict.status(), verdict.reason(), verdict.message());
    conditions.add(ConditionType.SETTLED, settled, verdict.reason(), verdict.message());
    conditions.add(ConditionType.SYNCED, sync.status(), sync.reason(), sync.message());
    if (deadline != null && !now.isBefore(deadline) && !verdict.finished()) {
      String message = "The task was to be finished by " + deadline.truncatedTo(SECONDS) + ".";
      conditions.add(
          ConditionType.OVERDUE, Condition.TRUE, Reason.DEADLINE_EXCEEDED.word(), message);
    }
    if (!verdict.settled() && !verdict.is(Reason.SUSPENDED)) {
      String message = sync.lost() ? verdict.message() + " " + sync.message() : verdict.message();
      conditions.add(ConditionType.RECONCILING, Condition.TRUE, verdict.reason(), message);
    } else if (verdict.stalled()) {
      conditions.add(ConditionType.STALLED, Condition.TRUE, verdict.reason(), verdict.message());
    }
    conditions.list.sort(Comparator.comparing(Condition::type));
    return List.copyOf(conditions.list);
  }

  /** {@code conditions} unchanged but for the generation that they speak of. */
  static List<Condition> acknowledge(List<Condition> conditions, long generation) {
    return conditions.stream()
        .map(
            c ->
                new Condition(
                    c.type(),
                    c.status(),
                    c.reason(),
                    c.message(),
                    generation,
                    c.lastTransitionTime()))
        .toList();
  }

  /** The condition of {@code type} in {@code status}, or null. */
  static @Nullable Condition find(@Nullable AckTaskStatus status, ConditionType type) {
    if (status == null) {
      return null;
    }
    for (Condition condition : status.conditions()) {
      if (type.word().equals(condition.type())) {
        return condition;
      }
    }
    return null;
  }

  private void add(ConditionType type, String status, String reason, String message) {
    Condition before = find(previous, type);
    String since =
        before != null && status.equals(before.status()) ? before.lastTransitionTime() : now;
    list.add(
        new Condition(
            type.word(), status, reason, PlainText.MESSAGE.of(message), generation, since));
  }
}
