package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.OperatorProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A gate over the upgrades of five node pools. Each history is also checked for a gate that opened
 * before its tasks succeeded.
 */
@OnControlPlane
class AckTaskGateIT {
  private static final List<String> POOLS =
      List.of("pool-1", "pool-2", "pool-3", "pool-4", "pool-5");
  private static final String BY_LABELS =
      "mode: AllSucceeded, selector: {matchLabels: {change: v2, app: shop}}, since: 1h, count: 5";
  private static final String BY_NAMES =
      "mode: AllSucceeded, taskRefs: [{name: pool-1}, {name: pool-2}, {name: pool-3},"
          + " {name: pool-4}, {name: pool-5}]";

  private final ControlPlane controlPlane;

  AckTaskGateIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldOpenOnceFivePoolsSucceeded() {
    try (Gates gates = Gates.start(controlPlane, "gate")) {
      // given: four of five
      gates.create("pools", BY_LABELS);
      POOLS.subList(0, 4).forEach(pool -> gates.createTask(pool, "success"));
      await().atMost(Gates.SOON).until(() -> "4/5".equals(gates.status("pools", "done")));
      assertEquals("Unknown/TasksMissing", gates.verdict("pools"));
      assertEquals("1 missing", gates.status("pools", "blocking"));

      // when
      gates.createTask("pool-5", "running");
      gates.awaitVerdict("pools", "Unknown/TasksRunning");
      assertEquals("pool-5", gates.status("pools", "blocking"));
      gates.setState("pool-5", "success");

      // then
      gates.awaitVerdict("pools", "True/AllSucceeded");
      assertEquals("5/5", gates.status("pools", "done"));
      assertEquals("Succeeded", gates.status("pools", "phase"));
      assertEquals("True", AckTasks.condition(gates.get("pools"), "Settled"));
      awaitEvent(gates, "GateOpened");
    }
  }

  @Test
  void shouldCloseAtOnceWhenTheThirdPoolFails() {
    try (Gates gates = Gates.start(controlPlane, "gate")) {
      // given
      gates.create("pools", BY_NAMES);
      POOLS.forEach(pool -> gates.createTask(pool, "running"));
      gates.awaitVerdict("pools", "Unknown/TasksRunning");

      // when
      gates.setState("pool-3", "failed");

      // then: the others still run
      gates.awaitVerdict("pools", "False/TaskNotSucceeded");
      assertEquals("pool-3", gates.status("pools", "blocking"));
      assertTrue(AckTasks.message(gates.get("pools"), "Succeeded").contains("pool-3"));
      assertEquals("Running", gates.tasks().phase("pool-4"));
      awaitEvent(gates, "GateClosed");
    }
  }

  @Test
  void shouldWaitForADeletedTaskAndJudgeTheNewOne() {
    try (Gates gates = Gates.start(controlPlane, "gate")) {
      // given
      gates.create("pools", "mode: AllSucceeded, taskRefs: [{name: pool-1}, {name: pool-2}]");
      gates.createTask("pool-1", "success");
      gates.createTask("pool-2", "running");
      gates.awaitVerdict("pools", "Unknown/TasksRunning");

      // when
      gates.tasks().delete("pool-1");
      gates.awaitVerdict("pools", "Unknown/TasksMissing");
      gates.setState("pool-2", "success");
      gates.tasks().awaitPhase("pool-2", "Succeeded", Gates.SOON);
      gates.setState("again", "failed");
      gates.tasks().create("pool-1", gates.taskId("again"));

      // then
      gates.awaitVerdict("pools", "False/TaskNotSucceeded");
      assertEquals("pool-1", gates.status("pools", "blocking"));
    }
  }

  @Test
  void shouldReplaceAForgedVerdict() {
    try (Gates gates = Gates.start(controlPlane, "gate")) {
      // given
      gates.create("pools", "mode: AllSucceeded, taskRefs: [{name: pool-1}]");
      gates.createTask("pool-1", "running");
      gates.awaitVerdict("pools", "Unknown/TasksRunning");

      // when
      gates.forgeOpen("pools");

      // then
      gates.awaitVerdict("pools", "Unknown/TasksRunning");
      gates.setState("pool-1", "failed");
      gates.awaitVerdict("pools", "False/TaskNotSucceeded");
    }
  }

  @Test
  void shouldKeepAVerdictOverARestartAndLearnWhatHappenedMeanwhile() {
    try (Gates gates = Gates.start(controlPlane, "gate")) {
      // given
      gates.create("open", "mode: AllSucceeded, taskRefs: [{name: pool-1}]");
      gates.create("waiting", "mode: AllSucceeded, taskRefs: [{name: pool-1}, {name: pool-2}]");
      gates.createTask("pool-1", "success");
      gates.createTask("pool-2", "running");
      gates.awaitVerdict("open", "True/AllSucceeded");
      gates.awaitVerdict("waiting", "Unknown/TasksRunning");
      String version = gates.get("open").getMetadata().getResourceVersion();
      OperatorProcess operator = gates.fixture().operator();

      // when
      operator.kill();
      gates.tasks().delete("pool-1");
      gates.setState("pool-2", "failed");
      operator.start();

      // then
      gates.awaitVerdict("waiting", "False/TaskNotSucceeded");
      assertEquals(version, gates.get("open").getMetadata().getResourceVersion());
    }
  }

  private static void awaitEvent(Gates gates, String reason) {
    await()
        .atMost(Gates.SOON)
        .until(
            () ->
                gates.fixture().kubectl("get", "events.events.k8s.io").orThrow().contains(reason));
  }
}
