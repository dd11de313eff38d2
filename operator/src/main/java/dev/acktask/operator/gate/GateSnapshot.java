package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.GateReason;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
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

  /**
   * True if the verdict never changes: an AllSucceeded gate, whose present spec the operator judged
   * True or False. Nothing else is read for it from then on.
   */
  public boolean isFinal() {
    GateStatus trusted = trustedStatus();
    return trusted != null
        && Objects.equals(trusted.observedGeneration(), generation)
        && GateSpec.ALL_SUCCEEDED.equals(spec.mode())
        && condition(ConditionType.SUCCEEDED).filter(GateSnapshot::isFinal).isPresent();
  }

  private static boolean isFinal(Condition succeeded) {
    return switch (succeeded.status()) {
      case Condition.TRUE -> GateReason.ALL_SUCCEEDED.apiName().equals(succeeded.reason());
      case Condition.FALSE -> GateReason.TASK_NOT_SUCCEEDED.apiName().equals(succeeded.reason());
      default -> false;
    };
  }

  /** The condition of the trusted status; empty without one. */
  Optional<Condition> condition(ConditionType type) {
    GateStatus trusted = trustedStatus();
    return trusted == null
        ? Optional.empty()
        : trusted.conditions().stream().filter(it -> type.apiName().equals(it.type())).findFirst();
  }
}
