package dev.acktask.operator.polling;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.polling.SweepSubscription.Clusters;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions of sweeps, and the connections that they lead to. */
final class TaskPollerSubscriptionTest extends TaskPollerTestCase {
  private static final ResourceID SUBSCRIBER = new ResourceID("upgrades", "shop");
  private static final ConnectionKey LEFT = ConnectionKey.cluster("left");
  private static final ConnectionKey RIGHT = ConnectionKey.cluster("right");

  private final List<SweepResult> results = new CopyOnWriteArrayList<>();

  @BeforeEach
  void list() {
    lists.tasks(List.of(FakeLists.task("T-1", "running", null)));
    lists.clusters(List.of("c1"));
  }

  @Test
  void shouldSweepWithTheDefaultConnection() {
    subscribe(ids("c1"));

    pollAll();

    assertEquals(ConnectionKey.BUILT_IN, results.getFirst().connection());
  }

  @Test
  void shouldSweepWithEachConnection() {
    connections.create(LEFT);
    connections.create(RIGHT);

    subscribe(ids("c1"), LEFT, RIGHT);
    pollAll();

    assertEquals(
        List.of(LEFT, RIGHT),
        results.stream()
            .map(SweepResult::connection)
            .sorted((a, b) -> a.name().compareTo(b.name()))
            .toList());
  }

  @Test
  void shouldReportAReferenceThatLeadsNowhereForEachCluster() {
    subscribe(ids("c1", "c2"), LEFT);

    assertEquals(List.of("c1", "c2"), failures().map(SweepResult.Failed::clusterId).toList());
    SweepResult.Failed failed = failures().findFirst().orElseThrow();
    assertEquals(LEFT, failed.connection());
    assertEquals(SweptList.TASKS, failed.list());
    assertEquals(Refusal.CONNECTION_NOT_FOUND, cause(failed));
  }

  @Test
  void shouldReportAReferenceThatLeadsNowhereOnceForAllClusters() {
    subscribe(new Clusters.All(Set.of()), LEFT);

    assertEquals(List.of(SweptList.CLUSTERS), failures().map(SweepResult.Failed::list).toList());
  }

  @Test
  void shouldReportAConnectionThatDoesNotAllowTheNamespace() {
    connections.create(LEFT);
    connections.restrict(LEFT);

    subscribe(ids("c1"), LEFT);
    pollAll();

    assertEquals(Refusal.CONNECTION_NOT_ALLOWED, cause(failures().findFirst().orElseThrow()));
    assertEquals(List.of(), lists.calls);
  }

  @Test
  void shouldNotReportTheSameFailureTwice() {
    subscribe(ids("c1"), LEFT);
    subscribe(ids("c1"), LEFT);
    connections.create(RIGHT);

    assertEquals(1, results.size());
  }

  @Test
  void shouldSweepOnceTheConnectionExists() {
    // given
    subscribe(ids("c1"), LEFT);

    // when
    connections.create(LEFT);
    pollAll();

    // then
    assertInstanceOf(SweepResult.Tasks.class, results.getLast());
  }

  @Test
  void shouldEndTheSweepsOfADeletedConnection() {
    // given
    connections.create(LEFT);
    subscribe(ids("c1"), LEFT);
    pollAll();
    int calls = lists.calls.size();

    // when
    connections.delete(LEFT);
    pass(Duration.ofMinutes(1));
    pollAll();

    // then
    assertEquals(calls, lists.calls.size());
    assertEquals(Refusal.CONNECTION_NOT_FOUND, cause(failures().findFirst().orElseThrow()));
    assertTrue(poller.pollers().isEmpty());
  }

  @Test
  void shouldStaySweepingWithoutTasks() {
    // given
    AckTask task = task("a", "T-1");
    poller.onResourceCreated(task);
    subscribe(ids("c1"));

    // when
    poller.onResourceDeleted(task);
    pollAll();

    // then
    assertEquals(1, results.size());
    poller.sweeps().unsubscribe(SUBSCRIBER);
    assertTrue(poller.pollers().isEmpty());
  }

  @Test
  void shouldStayPollingWithoutSubscribers() {
    poller.onResourceCreated(task("a", "T-1"));
    subscribe(ids("c1"));

    poller.sweeps().unsubscribe(SUBSCRIBER);

    assertEquals(1, pollAll());
    assertEquals(List.of(), lists.calls);
  }

  @Test
  void shouldLeaveConnectionsThatAnEditedSubscriptionDoesNotName() {
    // given
    connections.create(LEFT);
    connections.create(RIGHT);
    subscribe(ids("c1"), LEFT);

    // when
    subscribe(ids("c1"), RIGHT);
    pollAll();

    // then
    assertEquals(List.of(RIGHT), results.stream().map(SweepResult::connection).toList());
    assertEquals(1, poller.pollers().size());
  }

  @Test
  void shouldEndSubscriptionsOfNamespacesThatAreNotWatched() {
    subscribe(ids("c1"));

    poller.retainNamespaces(Set.of("other"));

    assertTrue(poller.pollers().isEmpty());
  }

  @Test
  void shouldServeTheOtherSubscribersIfAListenerThrows() {
    // given
    poller
        .sweeps()
        .subscribe(
            new ResourceID("broken", "shop"),
            new SweepSubscription(
                List.of(),
                ids("c1"),
                false,
                result -> {
                  throw new IllegalStateException("listener");
                }));
    subscribe(ids("c1"));

    // when
    pollAll();

    // then
    assertEquals(1, results.size());
  }

  @Test
  void shouldDeliverNothingAfterStop() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    subscribe(ids("c1"));
    pollAll();

    // when
    poller.stop();
    waiting.forEach(Runnable::run);

    // then
    assertEquals(List.of(), results);
  }

  @Test
  void shouldSweepInTheThreadOfAConnectionWithoutTasks() {
    poller.start();

    subscribe(ids("c1"));

    await().until(() -> !results.isEmpty());
    poller.stop();
  }

  @Test
  void shouldEndASubscriptionThatDoesNotExist() {
    poller.sweeps().unsubscribe(SUBSCRIBER);

    assertTrue(poller.pollers().isEmpty());
  }

  private void subscribe(Clusters clusters, ConnectionKey... refs) {
    List<ConnectionRef> named =
        Stream.of(refs).map(it -> new ConnectionRef(it.kind().apiName(), it.name())).toList();
    poller
        .sweeps()
        .subscribe(SUBSCRIBER, new SweepSubscription(named, clusters, false, results::add));
  }

  private Stream<SweepResult.Failed> failures() {
    return results.stream()
        .filter(SweepResult.Failed.class::isInstance)
        .map(SweepResult.Failed.class::cast);
  }

  private static Refusal cause(SweepResult.Failed failed) {
    return ((Rejected) failed.cause()).cause();
  }

  private static Clusters ids(String... ids) {
    return new Clusters.Ids(Set.of(ids));
  }
}
