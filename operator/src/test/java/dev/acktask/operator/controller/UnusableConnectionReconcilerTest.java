package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.FakeConnections;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AckTasks whose connection cannot be used, or not any more. */
final class UnusableConnectionReconcilerTest extends ReconcilerTestCase {
  private static final ConnectionKey SHARED = ConnectionKey.cluster("shared");
  private static final AckTaskSpec SPEC =
      spec().connectionRef(new ConnectionRef(ClusterAckConnection.KIND, "shared")).build();

  /** What makes a connection unusable, and the reason of Synced. */
  enum Loss {
    DELETED("ConnectionNotFound"),
    SUSPENDED("ConnectionSuspended"),
    RESTRICTED("ConnectionNotAllowed"),
    INVALID("ConnectionInvalid");

    final String reason;

    Loss(String reason) {
      this.reason = reason;
    }

    void of(FakeConnections connections, ConnectionKey key) {
      switch (this) {
        case DELETED -> connections.delete(key);
        case SUSPENDED -> connections.suspend(key);
        case RESTRICTED -> connections.restrict(key);
        case INVALID -> connections.invalidate(key);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReportTheCauseAtOnceForANewObject(Loss loss) {
    // given
    loss.of(connections, SHARED);
    store.create("u1", SPEC);

    // when
    reconcile();

    // then
    assertEquals(loss.reason, synced().reason());
    assertEquals(Condition.FALSE, synced().status());
    assertEquals(Phase.PENDING, status().phase());
    assertEquals(List.of(loss.reason), emitted);
  }

  @Test
  void shouldSayWhatToDoWhenTheConnectionIsMissing() {
    store.create("u1", SPEC);

    reconcile();

    assertEquals(
        "There is no ClusterAckConnection shared. Create it, or another AckTask with an existing"
            + " connection.",
        synced().message());
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepTheVerdictOfARunningTask(Loss loss) {
    // given
    connections.create(SHARED);
    store.create("u1", SPEC);
    reconcileAndWait();
    AckTaskStatus running = status();

    // when
    loss.of(connections, SHARED);
    reconcile();

    // then
    assertEquals(loss.reason, synced().reason());
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals(running.connection(), status().connection());
    assertEquals(running.state(), status().state());
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteAndCallNothingFurtherWhileTheConnectionIsLost(Loss loss) {
    // given
    connections.create(SHARED);
    store.create("u1", SPEC);
    reconcileAndWait();
    loss.of(connections, SHARED);
    reconcile();
    int written = store.written.size();

    // when
    for (int i = 0; i < 20; i++) {
      reconcileAndWait(60_000);
    }

    // then
    assertEquals(1, cloud.calls.size());
    assertEquals(written, store.written.size());
    assertEquals(0, Collections.frequency(emitted, loss.reason), "the connection has the event");
  }

  @ParameterizedTest
  @EnumSource
  void shouldObserveTheTaskAgainOnceTheConnectionCanBeUsed(Loss loss) {
    // given
    loss.of(connections, SHARED);
    store.create("u1", SPEC);
    reconcileAndWait();
    cloud.answer("failed");

    // when
    connections.create(SHARED);
    reconcileAndWait(20_000);
    reconcile();

    // then
    assertEquals(Phase.FAILED, status().phase());
    assertTrue(isTrue("Synced"));
    assertEquals("shared", status().connection().name());
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepAFinishedVerdictAsItIs(Loss loss) {
    // given
    connections.create(SHARED);
    finish(SPEC, "success");
    AckTaskStatus finished = status();

    // when
    loss.of(connections, SHARED);
    reconcileAndWait();
    connections.create(SHARED);
    cloud.answer("failed");
    reconcileAndWait();

    // then
    assertEquals(finished, status());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  void shouldObserveAnUnfinishedTaskAgainWhenTheConnectionIsRecreated() {
    // given
    connections.create(SHARED);
    store.create("u1", SPEC);
    reconcileAndWait();
    cloud.answer("failed");

    // when
    connections.delete(SHARED);
    connections.create(SHARED);
    reconcileAndWait(20_000);
    reconcile();

    // then
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  void shouldReportTheCauseAtOnceAfterARestart() {
    // given
    connections.create(SHARED);
    store.create("u1", SPEC);
    reconcileAndWait();

    // when
    connections.delete(SHARED);
    reconciler = start(6_000);
    reconcile();

    // then
    assertEquals("ConnectionNotFound", synced().reason());
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  void shouldReportThatTheTaskRunsPastItsDeadlineAlsoWithoutAConnection() {
    store.create("u1", SPEC.toBuilder().deadline("10m").build());
    reconcile();

    pass(700_000);
    reconcile();

    assertTrue(isTrue("Overdue"));
    assertEquals("ConnectionNotFound", synced().reason());
  }

  @Test
  void shouldLeaveARefreshRequestOpenUntilTheConnectionCanBeUsed() {
    // given
    connections.create(SHARED);
    finish(SPEC, "success");
    connections.suspend(SHARED);
    store.requestRefresh("r1");
    reconcileAndWait();
    String before = status().lastHandledRefreshAt();

    // when
    connections.create(SHARED);
    reconcileAndWait();

    // then
    assertEquals(null, before);
    assertEquals("r1", status().lastHandledRefreshAt());
    assertFalse(emitted.contains("RefreshFailed"));
  }

  @Test
  void shouldReplaceAForgedVerdictAlsoWithoutAConnection() {
    // given
    store.create("u1", SPEC);
    reconcile();

    // when
    store.forge(new Forgery(ModelObservation.SUCCESS, SPEC.taskId(), 1, null, now).status());
    reconcile();

    // then
    assertEquals(Phase.PENDING, status().phase());
    assertEquals("ConnectionNotFound", synced().reason());
  }

  private Condition synced() {
    return status().conditions().stream()
        .filter(condition -> condition.type().equals("Synced"))
        .findFirst()
        .orElseThrow();
  }
}
