package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.util.List;

/**
 * The least that a status must say: what an API server gets that refused the whole, because an
 * older CRD is installed or something else finds a detail too large or too odd. No detail may cost
 * the verdict.
 */
public final class MinimalStatus {
  private MinimalStatus() {}

  /** {@code status} without anything that was mirrored but what the conditions rest on. */
  public static AckTaskStatus of(AckTaskStatus status) {
    return new AckTaskStatus(
        status.observedGeneration(),
        status.phase(),
        status.reason(),
        status.message(),
        status.taskId(),
        status.state(),
        null,
        null,
        null,
        null,
        // The deadline runs from it, and what reads as a time is short and plain.
        CloudTime.instant(status.createdTime()) == null ? null : status.createdTime(),
        null,
        status.startTime(),
        status.completionTime(),
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        status.lastHandledRefreshAt(),
        null,
        status.conditions());
  }
}
