package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F71: the operator loses rights in one of the namespaces that it watches, or in all. */
@OnControlPlane
class NamespaceFaultsIT {
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;
  private final NamespaceRights rights;

  NamespaceFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.rights = new NamespaceRights(controlPlane);
  }

  @Test
  @Tag("F71")
  void shouldServeTheOtherNamespaceAndTheOneThatReturns() throws IOException {
    AckTasks first = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("first"));
    AckTasks second = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("second"));
    rights.createAccount();
    rights.bind(first.namespace());
    try (Simulator cloud = Simulator.builder().credential("LTAI-e2e", "canary-secret").start();
        OperatorProcess operator = operator(cloud, first.namespace(), second.namespace())) {
      // given: no rights in the second namespace
      cloud.answers("T-1", Answers.running("T-1"));
      cloud.answers("T-2", Answers.running("T-2"));
      first.create("task", "T-1");
      second.create("task", "T-2");
      operator.start();
      long pid = operator.pid();
      awaitPhase(first, "Running");
      assertTrue(readiness(operator).contains(second.namespace() + " is not watched"));

      // when
      rights.bind(second.namespace());

      // then
      awaitPhase(second, "Running");
      await().atMost(RECOVERY).until(() -> readiness(operator).equals("ok\n"));

      // when
      rights.unbind(first.namespace());
      await()
          .atMost(RECOVERY)
          .until(() -> readiness(operator).contains(first.namespace() + " is not watched"));
      cloud.answers("T-2", Answers.success("T-2"));

      // then
      awaitPhase(second, "Succeeded");

      // when
      rights.bind(first.namespace());
      cloud.answers("T-1", Answers.failed("T-1", "X", "x"));

      // then
      awaitPhase(first, "Failed");
      await().atMost(RECOVERY).until(() -> readiness(operator).equals("ok\n"));
      assertEquals(pid, operator.pid());
      assertTrue(operator.isAlive(), operator::output);
      assertFalse(operator.output().contains("Exiting"), operator::output);
    }
  }

  @Test
  @Tag("F71")
  void shouldServeTheOtherNamespaceWhenOneMayBeListedButNotWatched() throws IOException {
    AckTasks first = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("watched"));
    AckTasks second = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("listed"));
    rights.createAccount();
    rights.createRoleWithoutWatch();
    rights.bind(first.namespace());
    rights.bind(second.namespace(), NamespaceRights.WITHOUT_WATCH);
    try (Simulator cloud = Simulator.builder().credential("LTAI-e2e", "canary-secret").start();
        OperatorProcess operator = operator(cloud, first.namespace(), second.namespace())) {
      // given: a second namespace that may only be listed
      cloud.answers("T-1", Answers.running("T-1"));
      cloud.answers("T-2", Answers.running("T-2"));
      first.create("task", "T-1");
      second.create("task", "T-2");
      operator.start();
      long pid = operator.pid();
      awaitPhase(first, "Running");
      assertTrue(readiness(operator).contains(second.namespace() + " is not watched"));

      // when
      rights.rebind(second.namespace(), NamespaceRights.ROLE);

      // then
      awaitPhase(second, "Running");
      await().atMost(RECOVERY).until(() -> readiness(operator).equals("ok\n"));

      // when
      rights.rebind(first.namespace(), NamespaceRights.WITHOUT_WATCH);

      // then
      await()
          .atMost(RECOVERY)
          .until(() -> readiness(operator).contains(first.namespace() + " is not watched"));
      rights.rebind(first.namespace(), NamespaceRights.ROLE);
      await().atMost(RECOVERY).until(() -> readiness(operator).equals("ok\n"));
      cloud.answers("T-1", Answers.success("T-1"));
      awaitPhase(first, "Succeeded");
      assertEquals(pid, operator.pid());
      assertTrue(operator.isAlive(), operator::output);
    }
  }

  @Test
  @Tag("F71")
  void shouldReportAndRecoverWhenTheRightInAllNamespacesIsLost() throws IOException {
    AckTasks tasks = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("all"));
    rights.createAccount();
    rights.bindEverywhere();
    try (Simulator cloud = Simulator.builder().credential("LTAI-e2e", "canary-secret").start();
        OperatorProcess operator = operator(cloud, "", "")) {
      // given
      cloud.answers("T-1", Answers.running("T-1"));
      tasks.create("task", "T-1");
      operator.start();
      long pid = operator.pid();
      awaitPhase(tasks, "Running");

      // when
      rights.unbindEverywhere();

      // then
      await()
          .atMost(RECOVERY)
          .until(() -> readiness(operator).contains("namespace * is not watched"));
      cloud.answers("T-1", Answers.failed("T-1", "X", "x"));
      assertEquals("Running", tasks.get("task").get("status", "phase"));
      rights.bindEverywhere();
      await().atMost(RECOVERY).until(() -> readiness(operator).equals("ok\n"));
      awaitPhase(tasks, "Failed");
      assertEquals(pid, operator.pid());
      assertTrue(operator.isAlive(), operator::output);
    } finally {
      rights.unbindEverywhere();
    }
  }

  private OperatorProcess operator(Simulator cloud, String first, String second) {
    return OperatorProcess.of(
        "operator",
        controlPlane.kubeconfigFor(OperatorFixture.OPERATOR_NAMESPACE, NamespaceRights.ACCOUNT),
        Map.ofEntries(
            Map.entry("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI-e2e"),
            Map.entry("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary-secret"),
            Map.entry("ACKTASK_DEFAULT_REGION", "cn-hangzhou"),
            Map.entry("ACKTASK_ENDPOINT_PUBLIC", cloud.endpoint().toString()),
            Map.entry("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true"),
            Map.entry("ACKTASK_DEFAULT_POLL_INTERVAL", "1s"),
            Map.entry("ACKTASK_MIN_POLL_INTERVAL", "1s"),
            Map.entry("ACKTASK_WATCH_NAMESPACES", first.isEmpty() ? "" : first + "," + second),
            Map.entry("ACKTASK_MANAGEMENT_PORT", "0"),
            Map.entry("ACKTASK_HEALTH_PORT", "0"),
            Map.entry("ACKTASK_LIVENESS_INTERVAL", "5s")),
        Settings.output().resolve("operator").resolve(first.isEmpty() ? "all" : first),
        controlPlane.reaper());
  }

  private static void awaitPhase(AckTasks tasks, String phase) {
    await().atMost(RECOVERY).until(() -> phase.equals(tasks.get("task").get("status", "phase")));
  }

  private static String readiness(OperatorProcess operator) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(operator.page("/readyz")).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
