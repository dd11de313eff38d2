package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gate as a decision reads it.
 *
 * @param created creation time of the object; null if it is unknown, then no selected task counts
 *     and no deadline applies
 * @param status as stored; null before the first write
 * @param isStatusTrusted false if another client wrote the status last
 */
public record GateSnapshot(
    String uid,
    long generation,
    @Nullable Instant created,
    GateSpec spec,
    @Nullable GateStatus status,
    boolean isStatusTrusted) {

  /** The status, if the operator wrote it last; else null. */
  public @Nullable GateStatus trustedStatus() {
    return isStatusTrusted ? status : null;
  }
}
