package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gate that is open while nothing runs on a cluster. */
@OnControlPlane
class NoneRunningGateIT {
  private static final String SPEC =
      "mode: NoneRunning, clusterIds: [%s], discoveryRef: {name: all}".formatted(Gates.CLUSTER);
  private static final String OPEN = "True/NoneRunning";
  private static final String NOT_SWEPT = "Unknown/NotSweptYet";

  /** A list counts for two minutes. */
  private static final Duration OUTDATED = Duration.ofMinutes(3);

  private final ControlPlane controlPlane;

  NoneRunningGateIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldOpenAfterASweepAndCloseWhenATaskStarts() {
    try (Gates gates = Gates.start(controlPlane, "quiet")) {
      // given: no discovery, and then a running task
      gates.create("quiet", SPEC);
      gates.awaitVerdict("quiet", "Unknown/DiscoveryNotFound");
      gates.list("T-1", "running");
      gates.putDiscovery(false);
      gates.awaitVerdict("quiet", "Unknown/TasksRunning");
      assertTrue(gates.status("quiet", "blocking").contains("T-1"));

      // when
      gates.list("T-1", "success");
      gates.awaitVerdict("quiet", OPEN);
      assertEquals("False", AckTasks.condition(gates.get("quiet"), "Settled"));
      gates.list("T-2", "running");

      // then
      gates.awaitVerdict("quiet", "Unknown/TasksRunning");
      gates.list("T-2", "failed");
      gates.awaitVerdict("quiet", OPEN);
    }
  }

  @Test
  void shouldWaitForAnAckTaskThatNoListHas() {
    try (Gates gates = Gates.start(controlPlane, "quiet")) {
      // given
      open(gates);

      // when
      String id = gates.taskId("hidden");
      gates.tasks().create("hidden", Map.of("taskId", id, "clusterId", Gates.CLUSTER));

      // then
      gates.awaitVerdict("quiet", "Unknown/TasksRunning");
      gates.tasks().delete("hidden");
      gates.awaitVerdict("quiet", OPEN);
    }
  }

  @Test
  void shouldCloseWhileTheDiscoveryIsSuspendedOrGone() {
    try (Gates gates = Gates.start(controlPlane, "quiet")) {
      // given
      open(gates);

      // when
      gates.putDiscovery(true);
      gates.awaitVerdict("quiet", "Unknown/DiscoveryNotActive");

      // then
      gates.putDiscovery(false);
      gates.awaitVerdict("quiet", OPEN);
      gates.deleteDiscovery();
      gates.awaitVerdict("quiet", "Unknown/DiscoveryNotFound");
    }
  }

  @Test
  void shouldKnowNothingAfterARestartUntilTheNextSweep() {
    try (Gates gates = Gates.start(controlPlane, "quiet")) {
      // given
      open(gates);
      OperatorProcess operator = gates.fixture().operator();

      // when
      operator.kill();
      gates.region().answersTasksOf(Gates.CLUSTER, query -> Response.of(503));
      operator.start();

      // then
      gates.awaitVerdict("quiet", NOT_SWEPT);
      await().atMost(Gates.SOON).until(() -> synced(gates).equals("SweepFailed"));
    }
  }

  @Test
  void shouldWaitDuringAnOutageAndNeverFail() {
    try (Gates gates = Gates.start(controlPlane, "quiet")) {
      // given
      open(gates);

      // when
      gates.fixture().cloud().outage(Response.of(503));
      await().atMost(Gates.SOON).until(() -> synced(gates).equals("SweepFailed"));
      assertEquals(OPEN, gates.verdict("quiet"));
      gates.awaitVerdict("quiet", "Unknown/SweepOutdated", OUTDATED);
      assertEquals("Waiting", gates.status("quiet", "phase"));
      gates.fixture().cloud().recover();

      // then: the pause between two attempts grows up to five minutes
      gates.awaitVerdict("quiet", OPEN, Duration.ofMinutes(6));
    }
  }

  private static void open(Gates gates) {
    gates.list("T-1", "success");
    gates.putDiscovery(false);
    gates.create("quiet", SPEC);
    gates.awaitVerdict("quiet", OPEN);
  }

  private static String synced(Gates gates) {
    return AckTasks.reason(gates.get("quiet"), "Synced");
  }
}
