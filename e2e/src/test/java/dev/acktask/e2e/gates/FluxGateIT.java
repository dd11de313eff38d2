package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of gates, played by Flux: what it applies, and when. */
@OnControlPlane
@WithGatingTools
class FluxGateIT {
  private static final String RESOURCE = "acktaskgates";
  private static final String DONE = "ReconciliationSucceeded";

  private final ControlPlane controlPlane;
  private final GatingTools tools;

  FluxGateIT(ControlPlane controlPlane, GatingTools tools) {
    this.controlPlane = controlPlane;
    this.tools = tools;
  }

  /** The whole story, with an outage, and a task that starts after the app is applied. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void shouldApplyTheAppAfterFivePoolsAndOnlyWhileNothingRuns() throws Exception {
    try (GatesExample example = GatesExample.start(controlPlane, tools, "gates")) {
      // given: four of five succeed
      List<PoolUpgrade> four = example.upgradePools(4);
      example.apply();
      example.gates().awaitVerdict(GatesExample.POOLS_GATE, "Unknown/TasksMissing");
      four.forEach(PoolUpgrade::succeed);
      await()
          .atMost(Gates.SOON)
          .until(() -> "4/5".equals(example.gates().status(GatesExample.POOLS_GATE, "done")));

      // then
      assertWaits(example, GatesExample.POOLS, "1 missing");

      // when: the fifth runs, and the cloud does not answer
      PoolUpgrade fifth = example.upgradePool(5);
      example.gates().awaitVerdict(GatesExample.POOLS_GATE, "Unknown/TasksRunning");
      example.gates().fixture().cloud().outage(Response.of(503));
      await()
          .atMost(Gates.SOON)
          .until(() -> "TaskNotSynced".equals(synced(example, GatesExample.POOLS_GATE)));

      // then
      assertWaits(example, GatesExample.POOLS, fifth.objectName());

      // when
      fifth.succeed();
      example.gates().fixture().cloud().recover();
      example.gates().fixture().recorder().calm();

      // then
      example.flux().awaitReady(GatesExample.APP, "True", DONE);
      assertEquals(Optional.of("1.34"), example.appliedVersion());
      assertEquals("True/AllSucceeded", example.gates().verdict(GatesExample.POOLS_GATE));
      assertEquals("True/NoneRunning", example.gates().verdict(GatesExample.QUIET_GATE));

      closesAgain(example);
    }
  }

  @Test
  void shouldFailEarlyAndNameTheGateWhenTheThirdPoolFails() throws Exception {
    try (GatesExample example = GatesExample.start(controlPlane, tools, "closed")) {
      // given
      List<PoolUpgrade> five = example.upgradePools(5);
      example.apply();
      example.gates().awaitVerdict(GatesExample.POOLS_GATE, "Unknown/TasksRunning");
      example.flux().awaitHealthReads(RESOURCE, 1);

      // when
      five.get(2).fail("ErrorUpgrade", "Node example-1 is not ready.");

      // then: the others still run
      GenericKubernetesResource failed =
          example.flux().awaitReady(GatesExample.POOLS, "False", "HealthCheckFailed");
      String message = AckTasks.message(failed, "Ready");
      String gate = example.gates().tasks().namespace() + "/" + GatesExample.POOLS_GATE;
      assertTrue(
          message.contains("failed early due to stalled resources: [AckTaskGate/" + gate + " "),
          message);
      assertEquals(
          five.get(2).objectName(), example.gates().status(GatesExample.POOLS_GATE, "blocking"));
      assertEquals("Running", example.gates().tasks().phase(five.get(3).objectName()));
      example.flux().awaitReady(GatesExample.QUIET, "False", "DependencyNotReady");
      example.flux().awaitReady(GatesExample.APP, "False", "DependencyNotReady");
      assertEquals(Optional.empty(), example.appliedVersion());
    }
  }

  /** What `app` applied stays, and its next revision waits until the cluster is quiet again. */
  private static void closesAgain(GatesExample example) {
    // given
    PoolUpgrade next = example.upgradePool(6);
    example.gates().awaitVerdict(GatesExample.QUIET_GATE, "Unknown/TasksRunning");

    // when
    example.flux().requestReconciliation(GatesExample.QUIET);

    // then
    example.flux().awaitReady(GatesExample.QUIET, "Unknown", "Progressing");
    assertEquals(Optional.of("1.34"), example.appliedVersion());

    // when: Git has the next revision
    String revision =
        example
            .flux()
            .commit(
                GatesExample.files().replacing(GatesExample.VERSION, "clusterVersion: \"1.35\""));
    example.flux().awaitReady(GatesExample.APP, "False", "DependencyNotReady");
    example.flux().awaitHealthReads(RESOURCE, 2);
    assertEquals(Optional.of("1.34"), example.appliedVersion());
    next.succeed();

    // then
    example.gates().awaitVerdict(GatesExample.QUIET_GATE, "True/NoneRunning");
    example.flux().awaitApplied(GatesExample.APP, revision);
    assertEquals(Optional.of("1.35"), example.appliedVersion());
  }

  /** Flux has read the gate twice, goes on waiting, and has applied nothing else. */
  private static void assertWaits(GatesExample example, String kustomization, String blocking) {
    example.flux().awaitHealthReads(RESOURCE, 2);
    GenericKubernetesResource waiting = example.flux().kustomization(kustomization);
    assertEquals("Unknown", AckTasks.condition(waiting, "Ready"));
    assertEquals("Progressing", AckTasks.reason(waiting, "Ready"));
    assertEquals(blocking, example.gates().status(GatesExample.POOLS_GATE, "blocking"));
    example.flux().awaitReady(GatesExample.QUIET, "False", "DependencyNotReady");
    example.flux().awaitReady(GatesExample.APP, "False", "DependencyNotReady");
    assertEquals(Optional.empty(), example.appliedVersion());
  }

  private static String synced(GatesExample example, String gate) {
    return AckTasks.reason(example.gates().get(gate), "Synced");
  }
}
