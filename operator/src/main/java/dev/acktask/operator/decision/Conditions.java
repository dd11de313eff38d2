package dev.acktask.operator.decision;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.text.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one status. All follow from one verdict and one {@link SyncState}, so that they
 * cannot contradict each other.
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
   * @param lateness of the task while it is unfinished
   */
  static List<Condition> of(
      Verdict verdict,
      SyncState sync,
      Lateness lateness,
      @Nullable AckTaskStatus previous,
      long generation,
      Instant now) {
    Conditions conditions = new Conditions(previous, generation, now);
    String settled = verdict.isSettled() ? Condition.TRUE : Condition.FALSE;
    conditions.add(ConditionType.SUCCEEDED, verdict.status(), verdict.reason(), verdict.message());
    conditions.add(ConditionType.READY, verdict.status(), verdict.reason(), verdict.message());
    conditions.add(ConditionType.SETTLED, settled, verdict.reason(), verdict.message());
    conditions.add(ConditionType.SYNCED, sync.status(), sync.reason(), sync.message());
    if (!verdict.isFinished()) {
      conditions.add(lateness, now);
    }
    if (!verdict.isSettled() && !verdict.hasReason(Reason.SUSPENDED)) {
      String message =
          sync.isFailed() ? verdict.message() + " " + sync.message() : verdict.message();
      conditions.add(ConditionType.RECONCILING, Condition.TRUE, verdict.reason(), message);
    } else if (verdict.isStalled()) {
      conditions.add(ConditionType.STALLED, Condition.TRUE, verdict.reason(), verdict.message());
    }
    conditions.list.sort(Comparator.comparing(Condition::type));
    return List.copyOf(conditions.list);
  }

  /** {@code conditions} with another observed generation. */
  static List<Condition> withGeneration(List<Condition> conditions, long generation) {
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
      if (type.apiName().equals(condition.type())) {
        return condition;
      }
    }
    return null;
  }

  private void add(Lateness lateness, Instant now) {
    Instant deadline = lateness.deadline();
    if (deadline != null && !now.isBefore(deadline)) {
      String message = "The task was to be finished by " + deadline.truncatedTo(SECONDS) + ".";
      add(ConditionType.OVERDUE, Condition.TRUE, Reason.DEADLINE_EXCEEDED.apiName(), message);
    }
    Slowness slowness = lateness.slowness();
    if (slowness != null) {
      add(ConditionType.SLOWER_THAN_USUAL, Condition.TRUE, slowness.reason(), slowness.message());
    }
  }

  private void add(ConditionType type, String status, String reason, String message) {
    Condition before = find(previous, type);
    String since =
        before != null && status.equals(before.status()) ? before.lastTransitionTime() : now;
    list.add(
        new Condition(
            type.apiName(), status, reason, SafeText.MESSAGE.of(message), generation, since));
  }
}
