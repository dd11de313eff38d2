package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionConditionType;
import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.text.SafeText;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Content of the Ready condition of a connection.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 */
record Readiness(String status, ConnectionReason reason, String message) {
  /** Those that calls establish; they stay valid over a restart of the operator. */
  private static final Set<ConnectionReason> OF_CALLS =
      EnumSet.of(
          ConnectionReason.ANSWERED,
          ConnectionReason.SECRET_NOT_FOUND,
          ConnectionReason.SECRET_INVALID,
          ConnectionReason.CREDENTIALS_REFUSED,
          ConnectionReason.PERMISSION_DENIED,
          ConnectionReason.ROLE_NOT_ASSUMABLE);

  Readiness {
    message = SafeText.MESSAGE.of(message);
  }

  /** Decides by the spec first: without a usable one no call is made. */
  static Readiness of(ConnectionSnapshot object, ConnectionState state) {
    if (object.spec().suspended()) {
      return new Readiness(
          Condition.UNKNOWN,
          ConnectionReason.SUSPENDED,
          "No call is made while spec.suspend is true.");
    }
    if (!state.problem().isEmpty()) {
      return new Readiness(
          Condition.FALSE, ConnectionReason.INVALID, object.key() + " " + state.problem());
    }
    return switch (state.calls().outcome()) {
      case null -> stored(object).orElseGet(Readiness::notUsedYet);
      case CallOutcome.Answered answered ->
          new Readiness(Condition.TRUE, ConnectionReason.ANSWERED, "The cloud answers.");
      case CallOutcome.Refused refused ->
          new Readiness(Condition.FALSE, reason(refused.cause()), refused.message());
    };
  }

  private static Readiness notUsedYet() {
    return new Readiness(
        Condition.UNKNOWN,
        ConnectionReason.NOT_USED_YET,
        "No call has been made with this spec yet: the first poll of an AckTask makes one.");
  }

  /** What the calls of an earlier process have established for the present spec. */
  private static Optional<Readiness> stored(ConnectionSnapshot object) {
    return ConnectionSnapshot.condition(object.currentStatus(), ConnectionConditionType.READY)
        .flatMap(
            ready ->
                OF_CALLS.stream()
                    .filter(reason -> reason.apiName().equals(ready.reason()))
                    .map(reason -> new Readiness(ready.status(), reason, ready.message()))
                    .findFirst());
  }

  private static ConnectionReason reason(Refusal cause) {
    return switch (cause) {
      case CREDENTIALS_MISSING -> ConnectionReason.SECRET_NOT_FOUND;
      case CREDENTIALS_INVALID -> ConnectionReason.SECRET_INVALID;
      case UNAUTHORIZED -> ConnectionReason.CREDENTIALS_REFUSED;
      case FORBIDDEN -> ConnectionReason.PERMISSION_DENIED;
      case ROLE_NOT_ASSUMABLE -> ConnectionReason.ROLE_NOT_ASSUMABLE;
      case CLOCK_SKEW,
          INVALID_REQUEST,
          CLUSTER_NOT_ALLOWED,
          CONNECTION_NOT_FOUND,
          CONNECTION_NOT_ALLOWED,
          CONNECTION_INVALID,
          CONNECTION_SUSPENDED ->
          throw new IllegalArgumentException(cause + " says nothing about a connection");
    };
  }
}
