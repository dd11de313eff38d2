package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.chart.HelmCli;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example for Helm 4, installed by the helm command: when it returns, and how. */
@OnControlPlane
@WithHelm
class HelmAckTaskIT {
  private static final Path CHART = Settings.repository().resolve("examples/06-helm/chart");
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String CLUSTER = "c00000000000000000000000000000001";

  private static OperatorFixture fixture;
  private static HelmCli helm;

  @BeforeAll
  static void start(ControlPlane controlPlane, HelmCli provided) {
    helm = provided;
    fixture = OperatorFixture.start(controlPlane, "helm");
    fixture
        .recorder()
        .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(10).withReaction(SOON));
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void shouldReturnOnlyAfterTheSuccess() throws Exception {
    // given
    CloudTask task = task("T-000000000000000000000f01");
    task.run();
    FutureTask<CommandResult> upgrade = begin(task, "--wait", "--timeout=3m");
    await().atMost(SOON).until(() -> phase(task).equals("Running"));
    awaitPolls(task, 3);
    assertFalse(upgrade.isDone());

    // when
    task.succeed();
    CommandResult result = upgrade.get(SOON.toSeconds(), TimeUnit.SECONDS);

    // then
    assertEquals(0, result.exitCode(), result::toString);
    assertEquals("Succeeded", phase(task));
  }

  @Test
  void shouldFailAtOnceWhenTheTaskFails() throws Exception {
    // given
    CloudTask task = task("T-000000000000000000000f02");
    task.run();
    FutureTask<CommandResult> upgrade = begin(task, "--wait", "--timeout=10m");
    await().atMost(SOON).until(() -> phase(task).equals("Running"));

    // when
    task.fail("QuotaExceeded", "No more instances.");
    CommandResult result = upgrade.get(SOON.toSeconds(), TimeUnit.SECONDS);

    // then
    assertEquals(1, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("not ready. status: Failed"), result::toString);
  }

  @Test
  void shouldWaitOutAnOutage() throws Exception {
    // given
    CloudTask task = task("T-000000000000000000000f03");
    task.run();
    FutureTask<CommandResult> upgrade = begin(task, "--wait", "--timeout=3m");
    await().atMost(SOON).until(() -> phase(task).equals("Running"));

    // when
    fixture.cloud().outage(Response.error(500, "InternalError", "Try again."));
    await().atMost(SOON).until(() -> synced(task).equals("False"));
    awaitPolls(task, 2);

    // then
    assertFalse(upgrade.isDone());

    // when
    task.succeed();
    fixture.cloud().recover();
    fixture.recorder().calm();

    // then
    CommandResult result = upgrade.get(SOON.toSeconds(), TimeUnit.SECONDS);
    assertEquals(0, result.exitCode(), result::toString);
  }

  /** The pitfalls of the page: both return while the task runs. */
  @Test
  void shouldNotWaitWithoutTheFlagOfVersionFour() throws Exception {
    // given
    CloudTask task = task("T-000000000000000000000f04");
    task.run();

    // when
    CommandResult without = begin(task).get(SOON.toSeconds(), TimeUnit.SECONDS);
    CommandResult legacy = begin(task, "--wait=legacy").get(SOON.toSeconds(), TimeUnit.SECONDS);

    // then
    assertEquals(0, without.exitCode(), without::toString);
    assertEquals(0, legacy.exitCode(), legacy::toString);
    await().atMost(SOON).until(() -> phase(task).equals("Running"));
  }

  private static CloudTask task(String taskId) {
    return new CloudTask(fixture.cloud(), taskId, CLUSTER);
  }

  /** Starts {@code helm upgrade --install}, with one release for each task. */
  private static FutureTask<CommandResult> begin(CloudTask task, String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "upgrade",
                "--install",
                "r" + task.taskId().substring(task.taskId().length() - 3),
                CHART.toString(),
                "--namespace=" + fixture.tasks().namespace(),
                "--kubeconfig=" + fixture.controlPlane().adminKubeconfig(),
                "--set-string=taskId=" + task.taskId()));
    arguments.addAll(List.of(flags));
    Callable<CommandResult> command = () -> helm.run(arguments.toArray(String[]::new));
    FutureTask<CommandResult> run = new FutureTask<>(command);
    Thread.ofVirtual().start(run);
    return run;
  }

  /** Waits until the operator has polled the task some more times. */
  private static void awaitPolls(CloudTask task, int count) {
    int before = fixture.cloud().callCount(task.taskId());
    await().atMost(SOON).until(() -> fixture.cloud().callCount(task.taskId()) >= before + count);
  }

  /** The phase of the AckTask of a task; empty before there is one. */
  private static String phase(CloudTask task) {
    return fixture.tasks().operation().list().getItems().stream()
        .filter(object -> task.taskId().equals(object.get("spec", "taskId")))
        .map(object -> String.valueOf(object.<String>get("status", "phase")))
        .findFirst()
        .orElse("");
  }

  private static String synced(CloudTask task) {
    return fixture.tasks().operation().list().getItems().stream()
        .filter(object -> task.taskId().equals(object.get("spec", "taskId")))
        .map((GenericKubernetesResource object) -> AckTasks.condition(object, "Synced"))
        .findFirst()
        .orElse("");
  }
}
