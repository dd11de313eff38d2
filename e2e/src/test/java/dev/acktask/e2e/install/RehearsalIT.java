package dev.acktask.e2e.install;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.HelmRelease;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.OperatorProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * From one helm install to five tasks that end as scripted, without any other command. There is no
 * node: the processes of the pods run here, and this test reports the end of the job that waits.
 */
@OnControlPlane
class RehearsalIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration PLAYED = Duration.ofMinutes(3);

  /** A quarter of an hour in five seconds, so that the long task outlasts this test. */
  private static final String VALUES =
      """
      {simulator: {enabled: true, speed: 180}, crds: {enabled: false},
       image: {repository: registry.example.com/acktask-operator}, leaderElection: {enabled: false},
       config: {defaultPollInterval: 1s, minPollInterval: 1s, requestsPerMinute: 60000}}
      """;

  private final ControlPlane controlPlane;

  RehearsalIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldFillTheListAndEndAsScriptedWhenInstalledByOneCommand() throws Exception {
    String namespace = controlPlane.createNamespace("rehearsal");
    HelmRelease release = controlPlane.release(namespace, namespace);
    FutureTask<Void> install =
        new FutureTask<>(() -> release.install(HelmRelease.CHART, VALUES), null);
    try (RehearsalPods pods = new RehearsalPods(controlPlane, release)) {
      // given
      Thread.ofPlatform().start(install);
      pods.startSimulator();
      OperatorProcess operator = pods.startOperator();

      // when
      completeJob(namespace, release);
      install.get();

      // then
      AckTasks tasks = new AckTasks(controlPlane.admin(), namespace);
      Map<String, String> expected =
          Map.of(
              "t-000000000000000000000a01", "Succeeded TaskSucceeded",
              "t-000000000000000000000a02", "Failed ResultsFailed",
              "t-000000000000000000000a03", "Failed TaskFailed",
              "t-000000000000000000000a04", "Canceled TaskCanceled",
              "t-000000000000000000000a07", "Running");
      await()
          .atMost(PLAYED)
          .untilAsserted(() -> assertEquals(new TreeMap<>(expected), outcomes(tasks)));
      await().atMost(SOON).until(() -> gate(namespace, "cluster-upgraded").equals("Succeeded"));
      await().atMost(SOON).until(() -> gate(namespace, "node-pools-upgraded").equals("Failed"));
      assertTrue(operator.isAlive());
    }
  }

  /** As the controller of jobs does once the container has ended. */
  private void completeJob(String namespace, HelmRelease release) {
    String job = release.name() + "-acktask-operator-simulator-await";
    await()
        .atMost(SOON)
        .until(
            () ->
                controlPlane.kubectl("get", "job", job, "--namespace=" + namespace).exitCode()
                    == 0);
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    String status =
        """
        {"status": {"startTime": "%1$s", "completionTime": "%1$s", "succeeded": 1, "conditions": [
          {"type": "SuccessCriteriaMet", "status": "True", "lastTransitionTime": "%1$s"},
          {"type": "Complete", "status": "True", "lastTransitionTime": "%1$s"}]}}
        """
            .formatted(now);
    controlPlane
        .kubectl(
            "patch",
            "job",
            job,
            "--namespace=" + namespace,
            "--subresource=status",
            "--type=merge",
            "--patch=" + status)
        .orThrow();
  }

  /** Phase and reason of each AckTask by its name. */
  private Map<String, String> outcomes(AckTasks tasks) {
    Map<String, String> outcomes = new TreeMap<>();
    controlPlane
        .kubectl(
            "get",
            "acktasks",
            "--namespace=" + tasks.namespace(),
            "-o=jsonpath={range .items[*]}{.metadata.name} {.status.phase}"
                + " {.status.conditions[?(@.type==\"Settled\")].reason}{\"\\n\"}{end}")
        .orThrow()
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(
            words -> {
              String outcome = words[1].startsWith("Running") ? "Running" : words[1];
              outcomes.put(words[0], outcome.strip());
            });
    return outcomes;
  }

  private String gate(String namespace, String name) {
    return controlPlane
        .kubectl(
            "get", "acktaskgate", name, "--namespace=" + namespace, "-o=jsonpath={.status.phase}")
        .orThrow();
  }
}
