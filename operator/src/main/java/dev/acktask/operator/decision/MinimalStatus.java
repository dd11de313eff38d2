package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.text.CloudTime;

/**
 * The smallest status that holds a verdict. It is written when the API server refused the whole
 * status, because an older CRD or a webhook rejects a detail. No detail may cost the verdict.
 */
public final class MinimalStatus {
  private MinimalStatus() {}

  /** {@code status} with the fields only that its conditions follow from. */
  public static AckTaskStatus of(AckTaskStatus status) {
    String created = status.createdTime();
    return AckTaskStatus.builder()
        .observedGeneration(status.observedGeneration())
        .phase(status.phase())
        .reason(status.reason())
        .message(status.message())
        .taskId(status.taskId())
        .state(status.state())
        // The deadline counts from it. A text that reads as a time is short and plain.
        .createdTime(CloudTime.instant(created) == null ? null : created)
        .startTime(status.startTime())
        .completionTime(status.completionTime())
        .lastHandledRefreshAt(status.lastHandledRefreshAt())
        .conditions(status.conditions())
        .build();
  }
}
