package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.GepDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What time alone does to an object: past its deadline it is late, past its TTL it is deleted. */
public final class Lifetime {
  /** No verdict is deleted sooner, or alerts and waiters might never see it. */
  static final Duration SHORTEST = Duration.ofMinutes(10);

  private Lifetime() {}

  /** When the task is late: its deadline after its creation in the cloud, else the object's. */
  static @Nullable Instant deadline(Subject subject, AckTaskStatus shown) {
    Duration limit = limit(subject.spec());
    if (limit == null) {
      return null;
    }
    Instant created = CloudTime.instant(shown.createdTime());
    Instant start = created == null ? CloudTime.instant(subject.created()) : created;
    return start == null ? null : start.plus(limit);
  }

  /** What a person should know about the deadline, or null when there is nothing to say. */
  static @Nullable String remark(AckTaskSpec spec) {
    return spec.deadline() != null && limit(spec) == null
        ? "deadline is not a duration such as 2h or 1h30m and is ignored."
        : null;
  }

  /** True when a finished object has outlived its TTL. */
  public static boolean isOver(Subject subject, Instant now) {
    return subject.finished()
        && end(subject.spec(), subject.trusted()).filter(end -> !now.isBefore(end)).isPresent();
  }

  /** Until time alone changes something about {@code status}; null when it never does. */
  static @Nullable Duration untilNext(Subject subject, AckTaskStatus status, Instant now) {
    Instant next =
        Verdict.of(status).finished()
            ? end(subject.spec(), status).orElse(null)
            : deadline(subject, status);
    return next == null || (!next.isAfter(now) && !Verdict.of(status).finished())
        ? null
        : max(Duration.between(now, next), Duration.ZERO);
  }

  /**
   * The TTL after the completion, which may be long ago when the operator first sees a task that
   * has finished, but never sooner than {@link #SHORTEST} after the verdict was first shown.
   */
  private static Optional<Instant> end(AckTaskSpec spec, @Nullable AckTaskStatus status) {
    Long ttl = spec.ttlSecondsAfterFinished();
    Instant completed = status == null ? null : CloudTime.instant(status.completionTime());
    Condition succeeded = Conditions.find(status, ConditionType.SUCCEEDED);
    Instant shown = succeeded == null ? null : CloudTime.instant(succeeded.lastTransitionTime());
    if (ttl == null || completed == null || shown == null) {
      return Optional.empty();
    }
    Instant asked = completed.plusSeconds(Math.max(ttl, SHORTEST.toSeconds()));
    Instant earliest = shown.plus(SHORTEST);
    return Optional.of(asked.isAfter(earliest) ? asked : earliest);
  }

  private static @Nullable Duration limit(AckTaskSpec spec) {
    return spec.deadline() == null ? null : GepDuration.parse(spec.deadline()).orElse(null);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
