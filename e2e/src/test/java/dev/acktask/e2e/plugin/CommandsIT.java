package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code refresh}, {@code mirror} and {@code check} with real objects and rights. */
@OnControlPlane
class CommandsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static OperatorFixture fixture;
  private static PluginOnCluster user;
  private static PluginOnCluster reader;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture = OperatorFixture.start(controlPlane, "plugin-commands");
    user = PluginOnCluster.as(fixture, "user", "get", "list", "watch", "create", "patch");
    reader = PluginOnCluster.as(fixture, "reader", "get");
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void shouldWaitUntilARefreshIsAnswered() {
    // given
    fixture.cloud().answers("done", Answers.success("done"));
    fixture.tasks().create("done", "done");
    fixture.tasks().awaitPhase("done", "Succeeded", SOON);

    // when
    String refreshed = user.run("refresh", "done").orThrow();

    // then
    assertEquals(
        """
        acktask/done: the poll was answered; the verdict on a finished task stays, \
        Succeeded TaskSucceeded: cluster_upgrade succeeded.
        A failed or contradicting poll is reported by a Warning event RefreshFailed or \
        VerdictContradicted of acktask/done alone: the events cannot be read
        """,
        refreshed);
    String answered = fixture.tasks().get("done").get("status", "lastHandledRefreshAt");
    assertEquals(
        fixture
            .tasks()
            .get("done")
            .getMetadata()
            .getAnnotations()
            .get("acktask.dev/refresh-requested-at"),
        answered);
  }

  @Test
  void shouldExitWithTwoWhenARefreshContradictsTheVerdict() {
    // given
    fixture.cloud().answers("contradicted", Answers.success("contradicted"));
    fixture.tasks().create("contradicted", "contradicted");
    fixture.tasks().awaitPhase("contradicted", "Succeeded", SOON);

    // when
    fixture.cloud().answers("contradicted", Answers.running("contradicted"));
    CommandResult result = PluginOnCluster.asAdmin(fixture).run("refresh", "contradicted");

    // then
    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("(VerdictContradicted: The cloud now"), result::toString);
  }

  @Test
  void shouldExitWithTwoWhenARefreshIsNotAnswered() {
    fixture.tasks().create("waits", Map.of("taskId", "waits", "suspend", true));

    CommandResult result = user.run("refresh", "waits", "--timeout", "2s");

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("is the task suspended"), result::toString);
    assertEquals(2, user.run("refresh", "missing").exitCode());
    assertEquals(2, reader.run("refresh", "waits").exitCode());
  }

  @Test
  void shouldMirrorATaskOnce() {
    // given
    fixture.cloud().answers("T-0A1", Answers.success("T-0A1"));

    // when
    String created = user.run("mirror", "T-0A1").orThrow();

    // then
    assertTrue(created.startsWith("acktask/t-0a1 created"), created);
    fixture.tasks().awaitPhase("t-0a1", "Succeeded", SOON);
    assertEquals(
        "acktask/t-0a1 exists already, with the built-in connection\n",
        user.run("mirror", "T-0A1").orThrow());
    assertEquals(1, user.run("mirror", "T-0B2", "--name", "t-0a1").exitCode());
    assertEquals(1, user.run("mirror", "T-0A1", "--cluster-id", "another").exitCode());
    assertEquals(2, reader.run("mirror", "T-0A1").exitCode());
  }

  @Test
  void shouldCheckWhatAUserOfANamespaceMaySee() {
    CommandResult check = user.run("check");

    assertEquals(0, check.exitCode(), check::toString);
    assertTrue(
        check.stdout().contains("ok    CRD acktasks is served in v1alpha1\n"), check::toString);
    assertTrue(check.stdout().contains("ok    you may create acktasks in this namespace\n"));
    assertTrue(check.stdout().contains("warn  the ackconnections cannot be read"), check::toString);
    assertTrue(check.stdout().endsWith("\nNo failures.\n"), check::toString);
  }

  @Test
  void shouldFailACheckWhenARightIsMissing() {
    CommandResult check = reader.run("check");

    assertEquals(1, check.exitCode(), check::toString);
    assertTrue(
        check.stdout().contains("fail  you may not list acktasks in this namespace"),
        check::toString);
  }

  /** The Deployment of the chart is there, but there are no nodes for its pod. */
  @Test
  void shouldFailACheckWhenTheOperatorIsNotReady() throws IOException {
    CommandResult check = PluginOnCluster.asAdmin(fixture).run("check", "-o", "json");

    assertEquals(1, check.exitCode(), check::toString);
    JsonNode findings = new ObjectMapper().readTree(check.stdout());
    assertFalse(findings.get("ok").asBoolean());
    assertTrue(
        findings.get("findings").findValuesAsText("what").stream()
            .anyMatch(what -> what.matches("operator acktask-operator \\S+ has no ready replica")),
        check::toString);
    assertTrue(check.stdout().contains("there is no Prometheus Operator"), check::toString);
  }

  @Test
  void shouldFailACheckWhenTheApiServerGivesNoAnswer() {
    CommandResult check = user.run("check", "--server", "https://127.0.0.1:1");

    assertEquals(1, check.exitCode(), check::toString);
    assertTrue(check.stdout().contains("the API server gives no answer"), check::toString);
  }
}
