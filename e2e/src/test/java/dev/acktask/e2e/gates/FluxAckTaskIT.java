package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example for Flux, played by Flux: what it applies, and when. */
@OnControlPlane
@WithGatingTools
class FluxAckTaskIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TASKS = "acktasks";
  private static final String NEXT_TASK_ID = "T-000000000000000000000c02";
  private static final String NEXT_TASK = "upgrade-cluster-1-34-again";

  private final ControlPlane controlPlane;
  private final GatingTools tools;

  FluxAckTaskIT(ControlPlane controlPlane, GatingTools tools) {
    this.controlPlane = controlPlane;
    this.tools = tools;
  }

  static Stream<Named<Response>> outages() {
    return Stream.of(
        Named.of("errors", Response.error(500, "InternalError", "Try again.")),
        Named.of("closed connections", Response.reset()));
  }

  @Test
  void shouldApplyTheDependentOnlyAfterTheSuccess() throws Exception {
    try (FluxExample example = FluxExample.start(controlPlane, tools, "success")) {
      // given
      CloudTask task = example.task(FluxExample.TASK_ID);
      task.run();
      example.apply();
      example.flux().awaitReady(FluxExample.UPGRADE, "Unknown", "Progressing");
      example.flux().awaitReady(FluxExample.AFTER, "False", "DependencyNotReady");
      example.flux().awaitHealthReads(TASKS, 2);
      assertFalse(example.isAfterApplied());

      // when
      task.succeed();

      // then
      example.flux().awaitReady(FluxExample.UPGRADE, "True", "ReconciliationSucceeded");
      assertEquals("Succeeded", example.fixture().tasks().phase(FluxExample.TASK));
      example.flux().awaitReady(FluxExample.AFTER, "True", "ReconciliationSucceeded");
      assertTrue(example.isAfterApplied());
    }
  }

  @Test
  void shouldFailEarlyAndNameTheTaskUntilGitHasTheNextOne() throws Exception {
    try (FluxExample example = FluxExample.start(controlPlane, tools, "failure")) {
      // given
      CloudTask task = example.task(FluxExample.TASK_ID);
      task.run();
      example.apply();
      example.flux().awaitHealthReads(TASKS, 1);

      // when
      task.fail("ErrorUpgrade", "Node example-1 is not ready.");

      // then
      GenericKubernetesResource failed =
          example.flux().awaitReady(FluxExample.UPGRADE, "False", "HealthCheckFailed");
      String message = AckTasks.message(failed, "Ready");
      String name = example.fixture().tasks().namespace() + "/" + FluxExample.TASK;
      assertTrue(
          message.contains("failed early due to stalled resources: [AckTask/" + name + " "),
          message);
      example.flux().awaitReady(FluxExample.AFTER, "False", "DependencyNotReady");
      assertFalse(example.isAfterApplied());

      // when: Git has the next attempt, under a new name
      CloudTask next = example.task(NEXT_TASK_ID);
      next.run();
      String revision =
          example
              .flux()
              .commit(
                  FluxExample.files()
                      .replacing("name: " + FluxExample.TASK, "name: " + NEXT_TASK)
                      .replacing(FluxExample.TASK_ID, NEXT_TASK_ID));
      await().atMost(SOON).until(() -> example.fixture().tasks().find(NEXT_TASK).isPresent());
      assertFalse(example.isAfterApplied());
      next.succeed();

      // then
      example.flux().awaitApplied(FluxExample.AFTER, revision);
      assertTrue(example.isAfterApplied());
      assertTrue(example.fixture().tasks().find(FluxExample.TASK).isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("outages")
  void shouldWaitOutAnOutage(Response outage) throws Exception {
    try (FluxExample example = FluxExample.start(controlPlane, tools, "outage")) {
      // given
      OperatorFixture fixture = example.fixture();
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(10).withReaction(SOON));
      CloudTask task = example.task(FluxExample.TASK_ID);
      task.run();
      example.apply();

      // when
      fixture.cloud().outage(outage);
      await().atMost(SOON).until(() -> example.condition("Synced").equals("False"));
      example.flux().awaitHealthReads(TASKS, 3);

      // then
      assertEquals("Running", fixture.tasks().phase(FluxExample.TASK));
      assertEquals(
          List.of("Unknown", "Progressing"),
          ready(example.flux().kustomization(FluxExample.UPGRADE)));
      assertEquals(
          List.of("False", "DependencyNotReady"),
          ready(example.flux().kustomization(FluxExample.AFTER)));
      assertFalse(example.isAfterApplied());

      // when
      task.succeed();
      fixture.cloud().recover();
      fixture.recorder().calm();

      // then
      example.flux().awaitReady(FluxExample.AFTER, "True", "ReconciliationSucceeded");
      assertEquals("Succeeded", fixture.tasks().phase(FluxExample.TASK));
      assertTrue(example.isAfterApplied());
    }
  }

  private static List<String> ready(GenericKubernetesResource kustomization) {
    return List.of(
        AckTasks.condition(kustomization, "Ready"), AckTasks.reason(kustomization, "Ready"));
  }
}
