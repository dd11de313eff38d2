package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionConditionType;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as a decision reads it.
 *
 * @param version see {@link Connection.Identity}
 * @param status as stored; null before the first write
 * @param isStatusTrusted false if another client wrote the status last
 */
public record ConnectionSnapshot(
    ConnectionKey key,
    String version,
    long generation,
    ConnectionSpec spec,
    @Nullable ConnectionStatus status,
    boolean isStatusTrusted) {

  /** The status, if the operator wrote it for the present spec; else null. */
  @Nullable ConnectionStatus currentStatus() {
    return status != null
            && isStatusTrusted
            && status.observedGeneration() != null
            && status.observedGeneration() == generation
        ? status
        : null;
  }

  /** The stored condition, also if another client wrote it. */
  Optional<Condition> condition(ConnectionConditionType type) {
    return condition(status, type);
  }

  /** The condition of {@code status}; empty without one. */
  static Optional<Condition> condition(
      @Nullable ConnectionStatus status, ConnectionConditionType type) {
    return status == null
        ? Optional.empty()
        : status.conditions().stream().filter(it -> type.apiName().equals(it.type())).findFirst();
  }
}
