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
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.Rig;
import dev.acktask.simulator.Simulator;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Catalogue F71: the operator loses its rights in one of the namespaces that it watches. */
@OnControlPlane
class NamespaceFaultsIT {
  private static final Duration RECOVERY = Duration.ofMinutes(2);
  private static final String ACCOUNT = "namespaced-operator";
  private static final String ROLE = "acktask-operator";

  private final ControlPlane controlPlane;

  NamespaceFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void f71ShouldServeTheOtherNamespaceAndTheOneThatReturns() throws IOException {
    AckTasks first = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("first"));
    AckTasks second = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("second"));
    createAccount();
    bind(first.namespace());
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
      bind(second.namespace());

      // then
      awaitPhase(second, "Running");
      await().atMost(RECOVERY).until(() -> readiness(operator).equals("ok\n"));

      // when
      unbind(first.namespace());
      await()
          .atMost(RECOVERY)
          .until(() -> readiness(operator).contains(first.namespace() + " is not watched"));
      cloud.answers("T-2", Answers.success("T-2"));

      // then
      awaitPhase(second, "Succeeded");

      // when
      bind(first.namespace());
      cloud.answers("T-1", Answers.failed("T-1", "X", "x"));

      // then
      awaitPhase(first, "Failed");
      await().atMost(RECOVERY).until(() -> readiness(operator).equals("ok\n"));
      assertEquals(pid, operator.pid());
      assertTrue(operator.isAlive(), operator::output);
      assertFalse(operator.output().contains("Exiting"), operator::output);
    }
  }

  private OperatorProcess operator(Simulator cloud, String first, String second) {
    return OperatorProcess.of(
        "operator",
        controlPlane.kubeconfigFor(Rig.OPERATOR_NAMESPACE, ACCOUNT),
        Map.ofEntries(
            Map.entry("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI-e2e"),
            Map.entry("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary-secret"),
            Map.entry("ACKTASK_DEFAULT_REGION", "cn-hangzhou"),
            Map.entry("ACKTASK_ENDPOINT_PUBLIC", cloud.endpoint().toString()),
            Map.entry("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true"),
            Map.entry("ACKTASK_DEFAULT_POLL_INTERVAL", "1s"),
            Map.entry("ACKTASK_MIN_POLL_INTERVAL", "1s"),
            Map.entry("ACKTASK_WATCH_NAMESPACES", first + "," + second),
            Map.entry("ACKTASK_MANAGEMENT_PORT", "0"),
            Map.entry("ACKTASK_HEALTH_PORT", "0"),
            Map.entry("ACKTASK_LIVENESS_INTERVAL", "5s")),
        Settings.output().resolve("operator").resolve(first),
        controlPlane.reaper());
  }

  private void createAccount() {
    controlPlane
        .admin()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(Rig.OPERATOR_NAMESPACE)
                .withName(ACCOUNT)
                .endMetadata()
                .build())
        .createOr(existing -> existing.update());
  }

  /** The rights that we ship, in one namespace instead of all. */
  private void bind(String namespace) {
    controlPlane
        .admin()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(ACCOUNT)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ROLE)
                .addNewSubject("", "ServiceAccount", ACCOUNT, Rig.OPERATOR_NAMESPACE)
                .build())
        .create();
  }

  private void unbind(String namespace) {
    controlPlane.admin().rbac().roleBindings().inNamespace(namespace).withName(ACCOUNT).delete();
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
