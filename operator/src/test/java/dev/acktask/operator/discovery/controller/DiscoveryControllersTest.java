package dev.acktask.operator.discovery.controller;

import static dev.acktask.operator.discovery.ListedTasks.task;
import static dev.acktask.operator.discovery.controller.RunningDiscoveries.TIMEOUT;
import static dev.acktask.operator.discovery.controller.RunningDiscoveries.spec;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.polling.SweepSubscription;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controller of the discoveries in the real framework, with a mock API server. */
final class DiscoveryControllersTest {
  private final RunningDiscoveries running = new RunningDiscoveries();

  @BeforeEach
  void start() {
    running.start();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldSubscribeToTheClustersOfTheSpec() {
    running.create("upgrades", spec());

    running.awaitReady("upgrades", "NotSweptYet");
    assertEquals(
        new SweepSubscription.Clusters.Ids(Set.of(RunningDiscoveries.CLUSTER)),
        running.subscriptions.get(RunningDiscoveries.id("upgrades")).clusters());
  }

  @Test
  void shouldCreateAckTasksAndWriteTheStatus() {
    // given
    running.create("upgrades", spec());

    // when
    running.sweep("upgrades", task("T-1"), task("T-2").state("failed"));
    running.awaitAckTasks("t-1", "t-2");
    running.awaitReady("upgrades", "Swept");

    // then
    DiscoveryStatus status = running.get("upgrades").getStatus();
    assertEquals(new DiscoveryStatus.Tasks(2, 2, 0), status.tasks());
    assertEquals(Set.of("T-1", "T-2"), Set.copyOf(status.watermarks().getFirst().recent()));
    await().atMost(TIMEOUT).until(() -> running.events().contains("TasksCreated"));
    assertEquals("upgrades", label(get("t-1")));
  }

  @Test
  void shouldCreateNothingTwiceAfterDeletionAndRestart() {
    // given
    running.create("upgrades", spec());
    running.sweep("upgrades", task("T-1"));
    running.awaitReady("upgrades", "Swept");

    // when
    running.client.resource(get("t-1")).delete();
    running.restart();
    running.sweep("upgrades", task("T-1"), task("T-2"));

    // then
    running.awaitAckTasks("t-2");
  }

  @Test
  void shouldNotTakePartInAnotherDiscovery() {
    // given
    running.create("first", spec());
    running.sweep("first", task("T-1"));
    running.awaitAckTasks("t-1");

    // when
    running.create("second", spec());
    running.sweep("second", task("T-1"), task("T-2"));

    // then
    running.awaitAckTasks("t-1", "t-2");
    assertEquals("first", label(get("t-1")));
  }

  @Test
  void shouldPassOnEachSweepUntilTheDiscoveryIsSuspended() {
    // given
    running.create("upgrades", spec());
    running.sweep("upgrades", task("T-1"));
    running.failSweep("upgrades", Refusal.FORBIDDEN);
    assertEquals(
        List.of("upgrades forgotten", "upgrades Tasks", "upgrades Failed"), running.reported);

    // when
    edit(spec().suspend(true).build());
    running.awaitReady("upgrades", "Suspended");

    // then
    assertEquals("upgrades forgotten", running.reported.get(3));
  }

  @Test
  void shouldReportARefusedSweep() {
    running.create("upgrades", spec());

    running.failSweep("upgrades", Refusal.FORBIDDEN);

    running.awaitReady("upgrades", "Forbidden");
    assertEquals("Forbidden", running.get("upgrades").getStatus().failures().getFirst().reason());
    await().atMost(TIMEOUT).until(() -> running.events().contains("Forbidden"));
  }

  @Test
  void shouldEndTheSweepsOfADeletedDiscovery() {
    running.create("upgrades", spec());
    running.awaitSubscription("upgrades");

    running.client.resource(running.get("upgrades")).delete();

    await().atMost(TIMEOUT).until(running.subscriptions::isEmpty);
    await()
        .atMost(TIMEOUT)
        .until(() -> running.reported.equals(List.of("upgrades forgotten", "upgrades forgotten")));
  }

  @Test
  void shouldNotSweepForAnInvalidSpec() {
    running.create("upgrades", DiscoverySpec.builder());

    running.awaitReady("upgrades", "InvalidSpec");
    assertTrue(running.subscriptions.isEmpty());
  }

  @Test
  void shouldEndTheSweepsWhileSuspended() {
    running.create("upgrades", spec());
    running.awaitSubscription("upgrades");

    edit(spec().suspend(true).build());

    running.awaitReady("upgrades", "Suspended");
    assertTrue(running.subscriptions.isEmpty());
  }

  @Test
  void shouldCreateNothingWithoutTheLease() {
    running.create("upgrades", spec());
    running.awaitReady("upgrades", "NotSweptYet");
    running.isLeader.set(false);

    running.sweep("upgrades", task("T-1"));

    await().atMost(TIMEOUT).until(() -> running.metrics.failures.get() > 0);
    assertEquals(List.of(), running.ackTasks());
  }

  @Test
  void shouldCountTheTasksForTheMetrics() {
    // given
    running.create("upgrades", spec().mode(DiscoverySpec.REPORT_ONLY));

    // when
    running.sweep("upgrades", task("T-1").state("failed"));

    // then
    await().atMost(TIMEOUT).until(() -> !running.controllers().tasks().isEmpty());
    var counted = running.controllers().tasks().getFirst();
    assertEquals("shop/upgrades", counted.series().discovery());
    assertEquals("failed", counted.series().state());
    assertEquals(1, counted.withoutAckTask());
  }

  @Test
  void shouldFollowNoDiscoveriesWithoutTheRightToCreate() {
    running.controllers().stop();
    running.start(namespace -> !namespace.equals("shop"), "shop", "pay");

    running.create("upgrades", spec());

    assertEquals(
        List.of(),
        running.controllers().known().stream().map(it -> it.getMetadata().getName()).toList());
  }

  /**
   * Changes the spec beside writes of the controller: a patch carries no version that could be old.
   */
  private void edit(DiscoverySpec spec) {
    running
        .client
        .resources(AckTaskDiscovery.class)
        .inNamespace("shop")
        .withName("upgrades")
        .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", spec)));
  }

  private AckTask get(String name) {
    return running.client.resources(AckTask.class).inNamespace("shop").withName(name).get();
  }

  private static String label(AckTask task) {
    return task.getMetadata().getLabels().get("acktask.dev/discovered-by");
  }
}
