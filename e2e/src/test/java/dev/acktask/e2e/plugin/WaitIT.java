package dev.acktask.e2e.plugin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.BackgroundCommand;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.examples.Manifests;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code kubectl acktask wait} with real objects. */
@OnControlPlane
class WaitIT {
  /** Much less than the timeout of the command. */
  private static final Duration AT_ONCE = Duration.ofSeconds(60);

  private static final String TIMEOUT = "3m";

  private static OperatorFixture fixture;
  private static PluginOnCluster pipeline;
  private static PluginOnCluster reader;

  @BeforeAll
  static void start(ControlPlane controlPlane) throws IOException {
    fixture = OperatorFixture.prepare(controlPlane, "plugin-wait");
    fixture.grant("discovery: {enabled: true}");
    fixture.replica("operator").start();
    Path rights = Manifests.EXAMPLES.resolve("02-wait-in-a-pipeline/rbac.yaml");
    pipeline = PluginOnCluster.withRightsOf(rights, fixture, "pipeline");
    reader = PluginOnCluster.as(fixture, "reader", "get");
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void shouldExitWithZeroWhenTheTaskSucceeds() throws Exception {
    CommandResult result = waitWhileRunningUntil(pipeline, "succeeds", Answers.success("succeeds"));

    assertEquals(0, result.exitCode(), result::toString);
    assertEquals(
        "acktask/succeeds: Succeeded TaskSucceeded: cluster_upgrade succeeded.\n", result.stdout());
  }

  @Test
  void shouldExitWithOneWhenTheTaskFails() throws Exception {
    CommandResult result =
        waitWhileRunningUntil(
            pipeline, "fails", Answers.failed("fails", "QuotaExceeded", "No more."));

    assertEquals(1, result.exitCode(), result::toString);
    assertEquals(
        "acktask/fails: Failed TaskFailed: cluster_upgrade failed: QuotaExceeded: No more.\n",
        result.stdout());
  }

  @Test
  void shouldNeedOnlyTheRightToGetTheObject() throws Exception {
    CommandResult result = waitWhileRunningUntil(reader, "gets", Answers.success("gets"));

    assertEquals(0, result.exitCode(), result::toString);
  }

  @Test
  void shouldExitWithOneWhenTheTaskIsOfAnotherCluster() {
    fixture.cloud().answers("stalls", Answers.running("stalls"));
    fixture.tasks().create("stalls", Map.of("taskId", "stalls", "clusterId", "another"));

    CommandResult result = pipeline.run("wait", "stalls", "--timeout", TIMEOUT);

    assertEquals(1, result.exitCode(), result::toString);
    assertTrue(
        result.stdout().startsWith("acktask/stalls: Stalled ClusterMismatch: "), result::toString);
  }

  @Test
  void shouldExitWithTwoWhenThereIsNoVerdict() {
    fixture.cloud().answers("runs", Answers.running("runs"));
    fixture.tasks().create("runs", "runs");

    assertEquals(2, pipeline.run("wait", "runs", "--timeout", "2s").exitCode());
    assertEquals(2, pipeline.run("wait", "missing", "--timeout", TIMEOUT).exitCode());
    assertEquals(64, pipeline.run("wait").exitCode());
  }

  @Test
  void shouldExitWithTwoWhenTheObjectIsReplacedByOneThatSucceeded() throws Exception {
    // given
    fixture.cloud().answers("replaced", Answers.running("replaced"));
    fixture.cloud().answers("done", Answers.success("done"));
    fixture.tasks().create("replaced", "replaced");
    fixture.tasks().awaitPhase("replaced", "Running", AT_ONCE);
    CompletableFuture<CommandResult> result =
        BackgroundCommand.start(() -> pipeline.run("wait", "replaced", "--timeout", TIMEOUT));
    awaitRead("replaced");

    // when
    fixture.tasks().delete("replaced");
    fixture.tasks().create("replaced", "done");

    // then
    CommandResult ended = result.get(AT_ONCE.toSeconds(), TimeUnit.SECONDS);
    assertEquals(2, ended.exitCode(), ended::toString);
    assertTrue(ended.stderr().contains("was deleted"), ended::toString);
  }

  @Test
  void shouldWaitWhileTheApiServerIsAway() throws Exception {
    // given
    fixture.cloud().answers("outage", Answers.running("outage"));
    fixture.tasks().create("outage", "outage");
    fixture.tasks().awaitPhase("outage", "Running", AT_ONCE);
    CompletableFuture<CommandResult> result =
        BackgroundCommand.start(() -> pipeline.run("wait", "outage", "--timeout", TIMEOUT));
    awaitRead("outage");

    // when
    fixture.controlPlane().apiServer().kill();
    fixture.cloud().answers("outage", Answers.success("outage"));
    fixture.controlPlane().heal();

    // then
    CommandResult ended = result.get(3, TimeUnit.MINUTES);
    assertEquals(0, ended.exitCode(), ended::toString);
  }

  @Test
  void shouldExitWithZeroWhenTheGateOpens() throws Exception {
    // given
    fixture.cloud().answers("gated", Answers.running("gated"));
    fixture.tasks().create("gated", "gated");
    fixture.kubectl("apply", "-f", Plugin.RESOURCES.resolve("gate.yaml").toString()).orThrow();

    // when
    CompletableFuture<CommandResult> result =
        BackgroundCommand.start(() -> pipeline.run("wait", "gate/opens"));
    fixture.cloud().answers("gated", Answers.success("gated"));

    // then
    CommandResult ended = result.get(AT_ONCE.toSeconds(), TimeUnit.SECONDS);
    assertEquals(0, ended.exitCode(), ended::toString);
    assertTrue(ended.stdout().startsWith("acktaskgate/opens: Succeeded "), ended::toString);
  }

  /** Waits until the command has read the object. */
  private static void awaitRead(String name) {
    String user = "system:serviceaccount:" + pipeline.namespace() + ":pipeline";
    await()
        .atMost(AT_ONCE)
        .until(
            () -> {
              try (Stream<String> lines = Files.lines(fixture.controlPlane().auditLog())) {
                return lines.anyMatch(
                    line ->
                        line.contains('"' + user + '"')
                            && line.contains("\"verb\":\"get\"")
                            && line.contains("\"name\":\"" + name + '"'));
              }
            });
  }

  /** Runs the command over a task that ends only while it waits. */
  private static CommandResult waitWhileRunningUntil(
      PluginOnCluster plugin, String name, Response end) throws Exception {
    fixture.cloud().answers(name, Answers.running(name));
    fixture.tasks().create(name, name);
    fixture.tasks().awaitPhase(name, "Running", AT_ONCE);
    CompletableFuture<CommandResult> result =
        BackgroundCommand.start(() -> plugin.run("wait", name, "--timeout", TIMEOUT));
    fixture.cloud().answers(name, end);
    return result.get(AT_ONCE.toSeconds(), TimeUnit.SECONDS);
  }
}
