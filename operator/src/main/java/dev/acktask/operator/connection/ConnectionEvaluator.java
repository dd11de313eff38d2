package dev.acktask.operator.connection;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionConditionType;
import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.Credentials;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.event.ObjectEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides status and events of a connection from its object, its calls and the number of its tasks.
 * Equal input gives equal output.
 */
public final class ConnectionEvaluator {
  /** Reason of the event when Ready becomes True. */
  static final String CONNECTION_READY = "ConnectionReady";

  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final @Nullable String operatorIdentity;

  /**
   * @param operatorIdentity {@link ConnectionStatus#OPERATOR_ROLE} or {@link
   *     ConnectionStatus#ACCESS_KEY}; empty if the operator has no identity
   */
  public ConnectionEvaluator(Optional<String> operatorIdentity) {
    this.operatorIdentity = operatorIdentity.orElse(null);
  }

  /**
   * Decides.
   *
   * @param state of the same version as the object
   * @param tasks number of AckTasks that use the connection; empty if they are not counted yet
   */
  public ConnectionDecision evaluate(
      ConnectionSnapshot object,
      ConnectionState state,
      Optional<ConnectionStatus.Tasks> tasks,
      Instant now) {
    Readiness readiness = Readiness.of(object, state);
    ConnectionStatus stored = object.status();
    ConnectionStatus status =
        new ConnectionStatus(
            object.generation(),
            identity(object.spec().credentials()),
            account(object, state),
            tasks.orElse(stored == null ? null : stored.tasks()),
            conditions(object, readiness, state.calls().isThrottled(), now));
    return new ConnectionDecision(status, events(object, readiness), state.calls().validFor());
  }

  private @Nullable String identity(@Nullable Credentials credentials) {
    if (credentials == null) {
      return operatorIdentity;
    }
    boolean hasSecret = credentials.secretRef() != null;
    boolean hasWorkload = credentials.workloadIdentity() != null;
    if (hasSecret == hasWorkload) {
      return null; // an older CRD accepted both or none
    }
    return hasSecret ? ConnectionStatus.SECRET : ConnectionStatus.WORKLOAD_IDENTITY;
  }

  /** The stored one stays until STS names it again. An odd one would cost the whole status. */
  private static @Nullable String account(ConnectionSnapshot object, ConnectionState state) {
    ConnectionStatus stored = object.currentStatus();
    return state
        .account()
        .filter(id -> ACCOUNT.matcher(id).matches())
        .orElse(stored == null ? null : stored.account());
  }

  /** Sorted by type, so that the order never changes. */
  private static List<Condition> conditions(
      ConnectionSnapshot object, Readiness readiness, boolean isThrottled, Instant now) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(condition(object, ConnectionConditionType.READY, readiness, now));
    if (isThrottled) {
      conditions.add(
          condition(
              object,
              ConnectionConditionType.THROTTLED,
              new Readiness(
                  Condition.TRUE,
                  ConnectionReason.THROTTLED,
                  "The cloud throttles the calls with this connection; they are made later."),
              now));
    }
    return List.copyOf(conditions);
  }

  private static Condition condition(
      ConnectionSnapshot object, ConnectionConditionType type, Readiness content, Instant now) {
    String since =
        object
            .condition(type)
            .filter(before -> content.status().equals(before.status()))
            .map(Condition::lastTransitionTime)
            .orElseGet(() -> now.truncatedTo(SECONDS).toString());
    return new Condition(
        type.apiName(),
        content.status(),
        content.reason().apiName(),
        content.message(),
        object.generation(),
        since);
  }

  /** Those of the transition of Ready from a status that the operator wrote. */
  private static List<ObjectEvent> events(ConnectionSnapshot object, Readiness is) {
    Optional<Condition> was =
        ConnectionSnapshot.condition(
            object.isStatusTrusted() ? object.status() : null, ConnectionConditionType.READY);
    boolean isSame =
        was.filter(
                before ->
                    is.status().equals(before.status())
                        && is.reason().apiName().equals(before.reason()))
            .isPresent();
    String occurrence = object.version() + was.map(Condition::lastTransitionTime).orElse("");
    if (isSame || is.status().equals(Condition.UNKNOWN)) {
      return List.of();
    }
    return is.status().equals(Condition.TRUE)
        ? List.of(new ObjectEvent(false, CONNECTION_READY, is.message(), occurrence))
        : List.of(new ObjectEvent(true, is.reason().apiName(), is.message(), occurrence));
  }
}
