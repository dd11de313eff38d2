package dev.acktask.e2e.examples;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.BackgroundCommand;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.Kubectl;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the pipeline example, with the rights that the example gives it. */
@OnControlPlane
class WaitForTaskIT {
  private static final Path FOLDER = Manifests.EXAMPLES.resolve("02-wait-in-a-pipeline");

  /** Much less than the timeout of the script. */
  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private static final String TIMEOUT = "3m";

  private static OperatorFixture fixture;
  private static Kubectl pipeline;

  @BeforeAll
  static void start(ControlPlane controlPlane, @TempDir Path scratch) throws IOException {
    fixture = OperatorFixture.start(controlPlane, "pipeline");
    String namespace = fixture.tasks().namespace();
    for (GenericKubernetesResource object : Manifests.read(FOLDER.resolve("rbac.yaml"))) {
      fixture
          .kubectl("apply", "-f", Manifests.moved(object, namespace, scratch).toString())
          .orThrow();
    }
    pipeline = controlPlane.kubectlAs(controlPlane.kubeconfigFor(namespace, "pipeline"));
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void shouldExitWithZeroAtOnceWhenTheTaskSucceeds() throws Exception {
    CommandResult result = waitWhileRunningUntil("succeeds", Answers.success("succeeds"));

    assertEquals(0, result.exitCode(), result::toString);
    assertEquals(
        "acktask/succeeds: Succeeded TaskSucceeded: cluster_upgrade succeeded.\n", result.stdout());
  }

  @Test
  void shouldExitWithOneAtOnceWhenTheTaskFails() throws Exception {
    CommandResult result =
        waitWhileRunningUntil("fails", Answers.failed("fails", "QuotaExceeded", "No more."));

    assertEquals(1, result.exitCode(), result::toString);
    assertEquals(
        "acktask/fails: Failed TaskFailed: cluster_upgrade failed: QuotaExceeded: No more.\n",
        result.stdout());
  }

  @Test
  void shouldExitWithOneAtOnceWhenTheTaskIsOfAnotherCluster() {
    fixture.cloud().answers("stalls", Answers.running("stalls"));
    fixture.tasks().create("stalls", Map.of("taskId", "stalls", "clusterId", "another"));

    CommandResult result = waitFor("stalls", TIMEOUT);

    assertEquals(1, result.exitCode(), result::toString);
    assertTrue(
        result.stdout().startsWith("acktask/stalls: Stalled ClusterMismatch: "), result::toString);
  }

  @Test
  void shouldExitWithTwoWhenThereIsNoVerdict() {
    fixture.cloud().answers("runs", Answers.running("runs"));
    fixture.tasks().create("runs", "runs");

    assertEquals(2, waitFor("runs", "2s").exitCode());
    assertEquals(2, waitFor("missing", TIMEOUT).exitCode());
  }

  @Test
  void shouldExplainItselfWhenUsedWrongly() {
    assertEquals(64, pipeline.runScript(FOLDER.resolve("wait-for-task.sh")).exitCode());
    assertEquals(64, pipeline.runScript(FOLDER.resolve("wait-for-task.sh"), "-n").exitCode());
  }

  @Test
  void shouldReportReasonAndCauseWhenTheTroubleshootingPageIsUsed() throws Exception {
    // given
    fixture.cloud().answers("listed", Answers.success("listed"));
    fixture.tasks().create("listed", "listed");
    assertEquals(0, waitFor("listed", TIMEOUT).exitCode());
    String page = Files.readString(Settings.repository().resolve("docs/troubleshooting.md"));
    String columns = page.replaceAll("(?s).*-o (custom-columns=)'([^\n]*)'\n.*", "$1$2");

    // when
    String listed = fixture.kubectl("get", "acktasks", "-o", columns).orThrow();

    // then
    assertTrue(
        listed
            .lines()
            .anyMatch(line -> line.matches(".* listed +Succeeded +TaskSucceeded +True +Observed")),
        listed);
  }

  /** Runs the script over a task that ends only while it waits. */
  private static CommandResult waitWhileRunningUntil(String name, Response end) throws Exception {
    fixture.cloud().answers(name, Answers.running(name));
    fixture.tasks().create(name, name);
    await()
        .atMost(AT_ONCE)
        .until(() -> "Running".equals(fixture.tasks().get(name).get("status", "phase")));
    CompletableFuture<CommandResult> result = BackgroundCommand.start(() -> waitFor(name, TIMEOUT));
    fixture.cloud().answers(name, end);
    return result.get(AT_ONCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static CommandResult waitFor(String name, String timeout) {
    return pipeline.runScript(
        FOLDER.resolve("wait-for-task.sh"),
        name,
        timeout,
        "--namespace",
        fixture.tasks().namespace());
  }
}
