package dev.acktask.e2e.install;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.chart.Chart;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.HelmRelease;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorProcess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From helm install to helm uninstall, with the operator run like the Deployment. */
@OnControlPlane
class InstallIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path PREVIOUS =
      Settings.repository().resolve("e2e/src/test/resources/charts");

  private final ControlPlane controlPlane;

  InstallIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldMirrorBothOutcomesWhenRunLikeTheDeployment() throws Exception {
    try (Installation installation = Installation.prepare(controlPlane, "installed")) {
      // given
      String values = installation.values(only(installation));
      installation.release().install(HelmRelease.CHART, values);
      OperatorProcess operator = installation.replica("operator").start();
      AckTasks tasks = installation.tasks(installation.namespace());

      // when
      installation.cloud().answers("T-good", Answers.running("T-good"), Answers.success("T-good"));
      installation.cloud().answers("T-bad", Answers.failed("T-bad", "X", "x"));
      tasks.create("good", "T-good");
      tasks.create("bad", "T-bad");

      // then
      installation.awaitPhase(tasks, "good", "Succeeded");
      installation.awaitPhase(tasks, "bad", "Failed");
      Container container = installation.container();
      for (Probe probe :
          List.of(
              container.getStartupProbe(),
              container.getReadinessProbe(),
              container.getLivenessProbe())) {
        assertEquals(200, code(operator, probe), probe::toString);
      }
      assertEquals(
          installation.fullName(),
          controlPlane
              .kubectl(
                  "get",
                  "lease",
                  "-n",
                  installation.namespace(),
                  "-o",
                  "jsonpath={.items[*].metadata.name}")
              .orThrow());
      assertEquals(0, operator.terminate());
    }
  }

  /** The standby of a rolling update must be ready, or the old pod would never be terminated. */
  @Test
  void shouldLoseNothingWhenUpgradedWhileTasksRun() throws Exception {
    try (Installation installation = Installation.prepare(controlPlane, "upgraded")) {
      // given
      installation.release().install(HelmRelease.CHART, installation.values(only(installation)));
      OperatorProcess before = installation.replica("before").start();
      AckTasks tasks = installation.tasks(installation.namespace());
      for (String id : List.of("T-good", "T-bad")) {
        installation.cloud().answers(id, Answers.running(id));
        tasks.create(id.substring(2), id);
        installation.awaitPhase(tasks, id.substring(2), "Running");
      }

      // when
      installation
          .release()
          .upgrade(
              HelmRelease.CHART,
              installation.values(only(installation) + ", commonLabels: {team: platform}"));
      OperatorProcess after = installation.replica("after").launch();
      Probe ready = installation.container().getReadinessProbe();
      await().atMost(SOON).until(() -> isUp(after) && code(after, ready) == 200);
      assertTrue(before.isAlive());
      installation.cloud().answers("T-good", Answers.success("T-good"));
      installation.cloud().answers("T-bad", Answers.failed("T-bad", "X", "x"));
      assertEquals(0, before.terminate());

      // then
      installation.awaitPhase(tasks, "good", "Succeeded");
      installation.awaitPhase(tasks, "bad", "Failed");
      await().atMost(SOON).until(() -> after.output().contains(OperatorProcess.READY));
      assertEquals(0, after.terminate());
    }
  }

  /** Immutable fields, such as the selector of a Deployment, are unchanged. */
  @Test
  void shouldFollowTheTasksThatAreThereWhenUpgradedFromThePreviousRelease() throws Exception {
    try (Installation installation = Installation.prepare(controlPlane, "older")) {
      // given
      String values = installation.values(only(installation));
      // The previous release has no setting for STS, and refuses values that it does not know.
      installation
          .release()
          .install(previous(), values.replaceFirst("stsEndpointPublic: '[^']*', ", ""));
      Deployment before = installation.deployment();
      installation.cloud().answers("T-good", Answers.success("T-good"));
      installation.cloud().answers("T-bad", Answers.failed("T-bad", "X", "x"));
      AckTasks tasks = installation.tasks(installation.namespace());
      tasks.create("good", "T-good");
      tasks.create("bad", "T-bad");

      // when
      installation.release().upgrade(HelmRelease.CHART, values);
      OperatorProcess operator = installation.replica("operator").start();

      // then
      installation.awaitPhase(tasks, "good", "Succeeded");
      installation.awaitPhase(tasks, "bad", "Failed");
      Deployment after = installation.deployment();
      assertEquals(before.getMetadata().getUid(), after.getMetadata().getUid());
      assertNotEquals(version(before), version(after));
      assertEquals(0, operator.terminate());
    }
  }

  @Test
  void shouldKeepTheCrdsAndTheObjectsWhenUninstalled() {
    // given
    HelmRelease ours = controlPlane.release("acktask-operator", "acktask-system");
    giveTheCrdsTo(ours);
    AckTasks tasks =
        new AckTasks(controlPlane.admin(), controlPlane.createNamespace("uninstalled"));
    String uid = tasks.create("kept", "T-kept").getMetadata().getUid();
    tasks.writeStatus("kept", Map.of("observedGeneration", 1, "phase", "Running"));
    List<String> crds = crds();

    // when
    ours.uninstall();
    try {
      // then
      assertEquals("Running", tasks.get("kept").get("status", "phase"));
      assertEquals(crds, crds());
      assertEquals(
          "",
          controlPlane
              .kubectl("get", "clusterrole,clusterrolebinding", "-o", "name")
              .orThrow()
              .lines()
              .filter(name -> name.contains("/acktask-operator"))
              .reduce("", String::concat));
    } finally {
      ours.install(HelmRelease.CHART, Chart.LEAST);
    }
    assertEquals(uid, tasks.get("kept").getMetadata().getUid());
  }

  private List<String> crds() {
    List<String> crds =
        controlPlane.kubectl("get", "crd", "-o", "name").orThrow().lines().sorted().toList();
    assertTrue(
        crds.stream().filter(crd -> crd.endsWith(".acktask.dev")).count() == 5, crds::toString);
    return crds;
  }

  /** Marks the CRDs as part of the release: other tests replace them, and Helm adopts no other. */
  private void giveTheCrdsTo(HelmRelease release) {
    String files = Settings.repository().resolve("crds").toString();
    controlPlane
        .kubectl("label", "--overwrite", "-f", files, "app.kubernetes.io/managed-by=Helm")
        .orThrow();
    controlPlane
        .kubectl(
            "annotate",
            "--overwrite",
            "-f",
            files,
            "meta.helm.sh/release-name=" + release.name(),
            "meta.helm.sh/release-namespace=" + release.namespace())
        .orThrow();
  }

  /** The packed chart of the previous release, from which upgrades start. */
  private static Path previous() throws IOException {
    try (Stream<Path> files = Files.list(PREVIOUS)) {
      List<Path> packages = files.toList();
      assertEquals(1, packages.size(), packages::toString);
      return packages.get(0);
    }
  }

  private static String version(Deployment deployment) {
    return deployment.getMetadata().getLabels().get("app.kubernetes.io/version");
  }

  /** Watches only the namespace of this installation, not those of other tests. */
  private static String only(Installation installation) {
    return "watchNamespaces: [" + installation.namespace() + "]";
  }

  private static boolean isUp(OperatorProcess operator) {
    return operator.output().contains("Waiting for the lease");
  }

  private static int code(OperatorProcess operator, Probe probe)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(operator.page(probe.getHttpGet().getPath()))
            .timeout(Duration.ofSeconds(10))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
