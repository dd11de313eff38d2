package dev.acktask.operator.discovery;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.DiscoveryConditionType;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as a decision reads it.
 *
 * @param status as stored; null before the first write
 * @param isStatusTrusted false if another client wrote the status last
 */
public record DiscoverySnapshot(
    String uid,
    long generation,
    DiscoverySpec spec,
    @Nullable DiscoveryStatus status,
    boolean isStatusTrusted) {

  /** The status, if the operator wrote it last; else null. */
  public @Nullable DiscoveryStatus trustedStatus() {
    return isStatusTrusted ? status : null;
  }

  /** The status, if the operator wrote it for the present spec; else null. */
  @Nullable DiscoveryStatus currentStatus() {
    DiscoveryStatus trusted = trustedStatus();
    return trusted != null
            && trusted.observedGeneration() != null
            && trusted.observedGeneration() == generation
        ? trusted
        : null;
  }

  /** The condition of {@code status}; empty without one. */
  static Optional<Condition> condition(
      @Nullable DiscoveryStatus status, DiscoveryConditionType type) {
    return status == null
        ? Optional.empty()
        : status.conditions().stream().filter(it -> type.apiName().equals(it.type())).findFirst();
  }
}
