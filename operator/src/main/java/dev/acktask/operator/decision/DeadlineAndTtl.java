package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.text.CloudTime;
import dev.acktask.operator.text.GepDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes caused by time alone: the deadline makes a task overdue, the TTL deletes the object. */
public final class DeadlineAndTtl {
  /** Minimum age of a verdict before deletion, so that alerts and waiters can observe it. */
  static final Duration MIN_RETENTION = Duration.ofMinutes(10);

  private DeadlineAndTtl() {}

  /** Creation of the task, or of the object if unknown, plus the deadline; null without one. */
  static @Nullable Instant deadline(AckTaskSnapshot snapshot, AckTaskStatus status) {
    Duration limit = limit(snapshot.spec());
    if (limit == null) {
      return null;
    }
    Instant created = CloudTime.instant(status.createdTime());
    Instant start = created == null ? CloudTime.instant(snapshot.created()) : created;
    return start == null ? null : start.plus(limit);
  }

  /** Message about an invalid deadline, or null. */
  static @Nullable String specWarning(AckTaskSpec spec) {
    return spec.deadline() != null && limit(spec) == null
        ? "deadline is not a duration such as 2h or 1h30m and is ignored."
        : null;
  }

  /** True when the TTL of a finished object has passed. */
  public static boolean isTtlExpired(AckTaskSnapshot snapshot, Instant now) {
    return snapshot.isFinished()
        && end(snapshot.spec(), snapshot.trustedStatus())
            .filter(end -> !now.isBefore(end))
            .isPresent();
  }

  /** Time until the deadline or the end of the TTL, or null. */
  static @Nullable Duration untilNext(AckTaskSnapshot snapshot, AckTaskStatus status, Instant now) {
    Instant next =
        Verdict.of(status).isFinished()
            ? end(snapshot.spec(), status).orElse(null)
            : deadline(snapshot, status);
    return next == null || (!next.isAfter(now) && !Verdict.of(status).isFinished())
        ? null
        : max(Duration.between(now, next), Duration.ZERO);
  }

  /**
   * Completion plus TTL, but not before {@link #MIN_RETENTION} after the verdict was written: the
   * task may have completed long before the first poll.
   */
  private static Optional<Instant> end(AckTaskSpec spec, @Nullable AckTaskStatus status) {
    Long ttl = spec.ttlSecondsAfterFinished();
    Instant completed = status == null ? null : CloudTime.instant(status.completionTime());
    Condition succeeded = Conditions.find(status, ConditionType.SUCCEEDED);
    Instant settledAt =
        succeeded == null ? null : CloudTime.instant(succeeded.lastTransitionTime());
    if (ttl == null || completed == null || settledAt == null) {
      return Optional.empty();
    }
    Instant requested = completed.plusSeconds(Math.max(ttl, MIN_RETENTION.toSeconds()));
    Instant earliest = settledAt.plus(MIN_RETENTION);
    return Optional.of(requested.isAfter(earliest) ? requested : earliest);
  }

  private static @Nullable Duration limit(AckTaskSpec spec) {
    return spec.deadline() == null ? null : GepDuration.parse(spec.deadline()).orElse(null);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
