package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The events of an AckTask when the cause is its connection, which has an event as well. */
final class ConnectionCauseEventsTest {
  private static final AckTaskStatus.Connection NAMESPACED =
      new AckTaskStatus.Connection(AckConnection.KIND, "shop", "production", "cn-hangzhou");
  private static final AckTaskStatus.Connection CLUSTER =
      new AckTaskStatus.Connection(ClusterAckConnection.KIND, null, "eu", "eu-central-1");
  private static final AckTaskStatus.Connection BUILT_IN =
      new AckTaskStatus.Connection(AckTaskStatus.Connection.BUILT_IN, null, null, "cn-hangzhou");

  private static final String CONNECTION_CAUSES =
      "UNAUTHORIZED|CREDENTIALS_.*|ROLE_NOT_ASSUMABLE|CONNECTION_.*";

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = CONNECTION_CAUSES)
  void shouldLeaveTheEventToTheObjectOfTheConnection(Refusal cause) {
    assertEquals(List.of(), events(observed(NAMESPACED), failed(cause, NAMESPACED)));
    assertEquals(List.of(), events(observed(CLUSTER), failed(cause, CLUSTER)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = CONNECTION_CAUSES)
  void shouldLeaveTheEndToTheObjectOfTheConnection(Refusal cause) {
    assertEquals(List.of(), events(failed(cause, NAMESPACED), observed(NAMESPACED)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = CONNECTION_CAUSES)
  void shouldEmitItForTheBuiltInConnectionWhichHasNoObject(Refusal cause) {
    String reason = SyncState.failed(new Rejected(cause, "m", null)).reason();
    assertEquals(List.of(reason), events(observed(BUILT_IN), failed(cause, BUILT_IN)));
    assertEquals(List.of("SyncRegained"), events(failed(cause, BUILT_IN), observed(BUILT_IN)));
  }

  @Test
  void shouldEmitItForATaskThatNoConnectionHasPolled() {
    assertEquals(
        List.of("ConnectionNotFound"),
        events(observed(null), failed(Refusal.CONNECTION_NOT_FOUND, null)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FORBIDDEN", "CLOCK_SKEW", "INVALID_REQUEST", "CLUSTER_NOT_ALLOWED"})
  void shouldEmitItWhenOtherTasksCanBeRead(Refusal cause) {
    String reason = SyncState.failed(new Rejected(cause, "m", null)).reason();
    assertEquals(List.of(reason), events(observed(NAMESPACED), failed(cause, NAMESPACED)));
    assertEquals(List.of("SyncRegained"), events(failed(cause, NAMESPACED), observed(NAMESPACED)));
  }

  @Test
  void shouldEmitTheNextCauseWhichIsNotOfTheConnection() {
    assertEquals(
        List.of("Forbidden"),
        events(failed(Refusal.UNAUTHORIZED, CLUSTER), failed(Refusal.FORBIDDEN, CLUSTER)));
  }

  private static List<String> events(AckTaskStatus before, AckTaskStatus after) {
    return TransitionEvents.between(before, after).stream().map(ObjectEvent::reason).toList();
  }

  private static AckTaskStatus observed(AckTaskStatus.@Nullable Connection connection) {
    return status(SyncState.observed("m"), connection);
  }

  private static AckTaskStatus failed(
      Refusal cause, AckTaskStatus.@Nullable Connection connection) {
    return status(SyncState.failed(new Rejected(cause, "m", null)), connection);
  }

  private static AckTaskStatus status(
      SyncState sync, AckTaskStatus.@Nullable Connection connection) {
    AckTaskStatus running = AckTasks.running().status();
    List<Condition> conditions =
        running.conditions().stream()
            .map(
                it ->
                    it.type().equals(ConditionType.SYNCED.apiName())
                        ? new Condition(
                            it.type(),
                            sync.status(),
                            sync.reason(),
                            sync.message(),
                            it.observedGeneration(),
                            it.lastTransitionTime())
                        : it)
            .toList();
    return running.toBuilder().connection(connection).conditions(conditions).build();
  }
}
