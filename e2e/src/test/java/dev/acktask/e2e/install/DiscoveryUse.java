package dev.acktask.e2e.install;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.account.MaintenancePlan;
import dev.acktask.simulator.script.Step;
import dev.acktask.simulator.script.TaskScript;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Everything that the operator does with discoveries, in one namespace. */
final class DiscoveryUse {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String CLUSTER = "c0000000000000000000000000000e2e1";
  private static final String KIND = "AckTaskDiscovery";
  private static final int EDITS = 20;

  private final ControlPlane controlPlane;
  private final Installation installation;
  private final String namespace;

  DiscoveryUse(ControlPlane controlPlane, Installation installation, String namespace) {
    this.controlPlane = controlPlane;
    this.installation = installation;
    this.namespace = namespace;
  }

  /** Returns once a task has an AckTask, and that has the label of a plan that came later. */
  void run() {
    SimulatedRegion region =
        installation.cloud().account(Simulator.DEFAULT_ACCOUNT).region("cn-hangzhou");
    region.play(
        TaskScript.builder(taskId(), CLUSTER)
            .taskType("cluster_upgrade")
            .start(TaskScript.Start.LAUNCH)
            .timeline(List.of(Step.builder(Duration.ZERO).state("running").build()))
            .build());
    controlPlane
        .admin()
        .load(new ByteArrayInputStream(discovery().getBytes(StandardCharsets.UTF_8)))
        .create();
    await().atMost(SOON).until(() -> tasks().find("t-" + namespace).isPresent());
    region.putPlan(MaintenancePlan.of("P-1", CLUSTER).withTask(taskId()));
    await()
        .atMost(SOON)
        .until(
            () ->
                tasks()
                    .get("t-" + namespace)
                    .getMetadata()
                    .getLabels()
                    .containsKey("acktask.dev/started-by"));
  }

  /** Edits the discovery until a status write meets a conflict. */
  void provokeConflict(AuditLog log) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              for (int i = 0; i < EDITS; i++) {
                patch(Map.of("spec", Map.of("limit", 100 + i)));
                patch(Map.of("metadata", Map.of("labels", Map.of("edit", "e" + i))));
              }
              return log.uses(installation.user()).stream()
                  .anyMatch(
                      use ->
                          use.verb().equals("get")
                              && use.resource().equals("acktask.dev/acktaskdiscoveries"));
            });
  }

  private void patch(Map<String, ?> change) {
    controlPlane
        .admin()
        .genericKubernetesResources(AckTasks.API_VERSION, KIND)
        .inNamespace(namespace)
        .withName("all")
        .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(change));
  }

  /** Unique, because a task with an AckTask anywhere gets no other one. */
  private String taskId() {
    return "T-" + namespace;
  }

  private AckTasks tasks() {
    return installation.tasks(namespace);
  }

  private String discovery() {
    return """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTaskDiscovery
        metadata: {namespace: %s, name: all}
        spec: {clusters: {ids: [%s]}}
        """
        .formatted(namespace, CLUSTER);
  }
}
