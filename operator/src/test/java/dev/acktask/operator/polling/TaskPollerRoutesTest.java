package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.FakeConnections;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects follow the changes of their connections. */
final class TaskPollerRoutesTest extends TaskPollerTestCase {
  private static final ConnectionKey LEFT = ConnectionKey.cluster("left");
  private static final ConnectionKey RIGHT = ConnectionKey.cluster("right");

  /** What makes a connection unusable, and the cause that its objects then report. */
  enum Loss {
    DELETED(FakeConnections::delete, Refusal.CONNECTION_NOT_FOUND),
    SUSPENDED(FakeConnections::suspend, Refusal.CONNECTION_SUSPENDED),
    RESTRICTED(FakeConnections::restrict, Refusal.CONNECTION_NOT_ALLOWED),
    INVALID(FakeConnections::invalidate, Refusal.CONNECTION_INVALID);

    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
    final BiConsumer<FakeConnections, ConnectionKey> change;

    final Refusal cause;

    Loss(BiConsumer<FakeConnections, ConnectionKey> change, Refusal cause) {
      this.change = change;
      this.cause = cause;
    }
  }

  private final AckTask task = task("a", "T-1", LEFT);

  @Test
  void shouldPollWithTheReferencedConnectionOnly() {
    connections.create(LEFT);
    poller.onResourceCreated(task);

    pollAll();

    assertEquals(List.of("T-1"), cloud(LEFT).calls);
    assertEquals(List.of(), cloud.calls);
  }

  @Test
  void shouldNameTheConnectionOfAnObservation() {
    connections.create(LEFT);
    poller.onResourceCreated(task);
    pollAll();

    assertEquals("left", latest(task).connection().name());
  }

  @Test
  void shouldReportAtOnceThatAConnectionIsMissing() {
    poller.onResourceCreated(task);

    assertEquals(Refusal.CONNECTION_NOT_FOUND, cause(task));
    assertEquals(0, pollAll());
    assertEquals(Duration.ZERO, poller.waitingFor(task));
  }

  @Test
  void shouldNameNoConnectionWhereNoneIsUsed() {
    poller.onResourceCreated(task);

    assertNull(latest(task).connection());
  }

  @ParameterizedTest
  @EnumSource
  void shouldReportTheCauseAtOnceAndPollNoMoreOnceAConnectionIsLost(Loss loss) {
    // given
    connections.create(LEFT);
    poller.onResourceCreated(task);
    pollAll();
    events.clear();

    // when
    loss.change.accept(connections, LEFT);

    // then
    assertEquals(List.of(ResourceID.fromResource(task)), events);
    assertEquals(loss.cause, cause(task));
    pass(INTERVAL.multipliedBy(10));
    assertEquals(0, pollAll());
  }

  @ParameterizedTest
  @EnumSource
  void shouldPollAgainWithinAnIntervalOnceTheConnectionCanBeUsed(Loss loss) {
    // given
    connections.create(LEFT);
    poller.onResourceCreated(running(task));
    loss.change.accept(connections, LEFT);
    events.clear();

    // when
    connections.create(LEFT);

    // then
    assertEquals(List.of(ResourceID.fromResource(task)), events);
    assertTrue(poller.latest(running(task)).isEmpty());
    pass(INTERVAL);
    assertEquals(1, pollAll());
    assertInstanceOf(TaskLookup.Found.class, latest(running(task)).lookup());
  }

  @Test
  void shouldPollAgainWhenAConnectionIsRecreated() {
    // given
    connections.create(LEFT);
    poller.onResourceCreated(task);
    pollAll();

    // when
    connections.create(LEFT);

    // then
    assertTrue(poller.latest(task).isEmpty(), "it may be another account");
    assertEquals(1, pollAll());
    assertEquals(2, cloud(LEFT).calls.size());
  }

  /** A final state of one account says nothing about the task of the same id in another. */
  @Test
  void shouldPollAgainAfterAFinalStateWhenAConnectionIsRecreated() {
    // given
    connections.create(LEFT);
    cloud(LEFT).answer("success");
    poller.onResourceCreated(task);
    pollAll();

    // when
    connections.create(LEFT);

    // then
    assertTrue(poller.latest(task).isEmpty());
    assertEquals(1, pollAll());
  }

  @Test
  void shouldMoveObjectsWithoutAReferenceToTheDefaultAndBack() {
    // given
    AckTask unnamed = task("a", "T-1");
    poller.onResourceCreated(unnamed);
    pollAll();

    // when
    connections.create(ConnectionKey.DEFAULT);
    pollAll();
    connections.delete(ConnectionKey.DEFAULT);
    pollAll();

    // then
    assertEquals(1, cloud(ConnectionKey.DEFAULT).calls.size());
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldReconcileOnlyTheObjectsOfTheChangedConnection() {
    // given
    connections.create(LEFT);
    connections.create(RIGHT);
    poller.onResourceCreated(task);
    poller.onResourceCreated(task("b", "T-2", RIGHT));
    poller.onResourceCreated(task("c", "T-3"));
    pollAll();
    events.clear();

    // when
    connections.suspend(LEFT);

    // then
    assertEquals(List.of(ResourceID.fromResource(task)), events);
    assertInstanceOf(TaskLookup.Found.class, latest(task("b", "T-2", RIGHT)).lookup());
    assertInstanceOf(TaskLookup.Found.class, latest(task("c", "T-3")).lookup());
  }

  @Test
  void shouldReconcileNothingWhenAChangeMakesNoDifference() {
    poller.onResourceCreated(task);
    poller.onResourceCreated(task("b", "T-2"));

    connections.create(RIGHT);
    connections.delete(RIGHT);

    assertEquals(List.of(), events);
  }

  @Test
  void shouldReconcileAgainWhenTheCauseChanges() {
    poller.onResourceCreated(task);

    connections.suspend(LEFT);
    connections.invalidate(LEFT);

    assertEquals(2, events.size());
    assertEquals(Refusal.CONNECTION_INVALID, cause(task));
  }

  @Test
  void shouldHaveNoRouteForAFinishedObject() {
    // given
    AckTask finished = finished();
    connections.create(LEFT);
    poller.onResourceCreated(task);

    // when
    poller.onResourceUpdated(finished, task);
    connections.delete(LEFT);

    // then
    assertTrue(poller.pollers().isEmpty());
    assertTrue(poller.latest(finished).isEmpty());
    assertEquals(List.of(), events);
  }

  @Test
  void shouldForgetADeletedObjectWithoutAConnection() {
    poller.onResourceCreated(task);

    poller.onResourceDeleted(task);
    connections.create(LEFT);

    assertEquals(0, pollAll());
    assertEquals(List.of(), events);
  }

  @Test
  void shouldForgetObjectsWithoutAConnectionInOtherNamespaces() {
    poller.onResourceCreated(task);

    poller.retainNamespaces(Set.of("other"));
    connections.create(LEFT);

    assertEquals(0, pollAll());
  }

  @Test
  void shouldReportNothingToTheSuccessorOfADeletedObject() {
    poller.onResourceCreated(task);
    AckTask successor = task("a", "T-1", LEFT);
    successor.getMetadata().setUid("another");

    assertTrue(poller.latest(successor).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotUseAPollThatBeganBeforeTheConnectionWasLost(Loss loss) {
    // given
    poller = poller(60_000, waiting::add, metrics);
    connections.create(LEFT);
    cloud(LEFT).answer("success");
    poller.onResourceCreated(task);
    pollAll();
    loss.change.accept(connections, LEFT);
    events.clear();

    // when
    waiting.removeFirst().run();

    // then
    assertEquals(List.of(), events);
    assertEquals(loss.cause, cause(task));
  }

  @Test
  void shouldNotUseAPollOfTheConnectionThatWasRecreated() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    connections.create(LEFT);
    cloud(LEFT).answer("success");
    poller.onResourceCreated(task);
    pollAll();
    connections.create(LEFT);

    // when
    waiting.removeFirst().run();

    // then
    assertTrue(poller.latest(task).isEmpty());
    assertEquals(1, pollAll());
  }

  @Test
  void shouldNotUseAPollThatBeganBeforeTheObjectMovedAwayAndBack() {
    // given
    AckTask moved = task("a", "T-1");
    poller = poller(60_000, waiting::add, metrics);
    poller.onResourceCreated(moved);
    poller.onResourceCreated(task("b", "T-2")); // keeps the poller of the connection
    pollAll();
    poller.onResourceUpdated(task("a", "T-1", RIGHT), moved); // as an older CRD allows
    poller.onResourceUpdated(moved, task("a", "T-1", RIGHT));

    // when
    waiting.removeFirst().run();

    // then
    assertEquals(List.of("T-1"), cloud.calls);
    assertTrue(poller.latest(moved).isEmpty());
  }

  @Test
  void shouldAnswerARefreshRequestWithALaterPollAlsoAfterMovingAwayAndBack() {
    // given
    AckTask moved = task("a", "T-1");
    cloud.answer("success");
    poller.onResourceCreated(moved);
    pollAll();
    connections.create(ConnectionKey.DEFAULT);
    AckTask requested = requested(moved);
    poller.onResourceUpdated(requested, moved);

    // when
    connections.delete(ConnectionKey.DEFAULT);

    // then
    assertNull(latest(requested).answeredRequest(), "the final state was observed before");
    assertEquals(1, pollAll());
    assertEquals("r1", latest(requested).answeredRequest());
  }

  private Observations.Latest latest(AckTask object) {
    return poller.latest(object).orElseThrow();
  }

  private Refusal cause(AckTask object) {
    return assertInstanceOf(TaskLookup.Rejected.class, latest(object).lookup()).cause();
  }

  /** The object with the status of a running task. */
  private static AckTask running(AckTask object) {
    AckTask running = task("a", object.getSpec().taskId(), LEFT);
    running.setStatus(AckTasks.running().taskId(object.getSpec().taskId()).status());
    return running;
  }

  private static AckTask requested(AckTask object) {
    AckTask requested = task("a", object.getSpec().taskId());
    requested.getMetadata().setAnnotations(Map.of(AckTask.REFRESH_REQUESTED_AT, "r1"));
    return requested;
  }

  private AckTask finished() {
    AckTask finished = task("a", "T-1", LEFT);
    finished.setStatus(AckTasks.succeeded().taskId("T-1").status());
    return finished;
  }
}
