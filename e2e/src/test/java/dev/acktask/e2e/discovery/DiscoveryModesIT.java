package dev.acktask.e2e.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import dev.acktask.simulator.account.MaintenancePlan;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a discovery reports, and what its AckTasks have besides the task. */
@OnControlPlane
class DiscoveryModesIT {
  private static final String REGION = "cn-hangzhou";
  private static final String CLUSTER = ListedScripts.clusterId(1);

  private final ControlPlane controlPlane;

  DiscoveryModesIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldOnlyReportNumbersWhenReportOnly() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "report-only")) {
      // given
      List<Played> played = ListedScripts.playFive(discoveries.region(REGION), 1);

      // when
      discoveries.put(
          "report", REGION, "clusters: {ids: [%s]}, mode: ReportOnly".formatted(CLUSTER));
      discoveries.awaitTasks("report", "skipped", played.size());
      discoveries.awaitLists(CLUSTER, 2);

      // then
      assertEquals(List.of(), discoveries.names());
      String failed =
          ("{cluster_id=\"%s\",discovery=\"%s/report\",state=\"failed\","
                  + "type=\"cluster_upgrade\"} 2.0")
              .formatted(CLUSTER, discoveries.tasks().namespace());
      await()
          .atMost(Discoveries.SOON)
          .untilAsserted(
              () -> {
                String metrics = discoveries.operator().fetch("/metrics").orElse("");
                assertTrue(metrics.contains("acktask_discovery_tasks" + failed), () -> metrics);
                assertTrue(
                    metrics.contains("acktask_discovery_tasks_without_acktask" + failed),
                    () -> metrics);
              });
      // the polls of no AckTask are a proof that none exists
      assertEquals(0, discoveries.fixture().cloud().callCount(played.get(0).taskId()));
    }
  }

  @Test
  void shouldSayThatMaintenanceStartedTheTask() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "maintenance")) {
      // given
      List<Played> played = ListedScripts.playFive(discoveries.region(REGION), 1);
      discoveries
          .region(REGION)
          .putPlan(MaintenancePlan.of("P-e2e-1", CLUSTER).withTask(played.get(1).taskId()));

      // when
      discoveries.put("all", REGION, "clusters: {all: true}");
      discoveries.awaitTasks("all", "present", played.size());

      // then
      String label = "acktask.dev/started-by";
      await()
          .atMost(Discoveries.SOON)
          .untilAsserted(
              () -> assertEquals("maintenance", labels(discoveries, played.get(1)).get(label)));
      assertTrue(!labels(discoveries, played.get(0)).containsKey(label));
      await()
          .atMost(Discoveries.SOON)
          .until(
              () ->
                  discoveries
                      .fixture()
                      .kubectl("get", "events.events.k8s.io")
                      .orThrow()
                      .contains("StartedByMaintenance"));
    }
  }

  @Test
  void shouldProtectTheAckTasksFromPruning() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "pruning")) {
      // given
      List<Played> played = ListedScripts.playFive(discoveries.region(REGION), 1);

      // when
      discoveries.put(
          "all",
          REGION,
          "clusters: {all: true}, template: {metadata: {labels: {team: platform},"
              + " annotations: {example.com/note: found}}, spec: {deadline: 2h}}");
      discoveries.awaitTasks("all", "present", played.size());

      // then
      GenericKubernetesResource task = discoveries.tasks().get(played.get(0).objectName());
      Map<String, String> annotations = task.getMetadata().getAnnotations();
      assertEquals(
          Map.of(
              "argocd.argoproj.io/compare-options",
              "IgnoreExtraneous",
              "argocd.argoproj.io/sync-options",
              "Prune=false",
              "example.com/note",
              "found"),
          annotations);
      assertEquals("platform", task.getMetadata().getLabels().get("team"));
      assertEquals("2h", task.get("spec", "deadline"));
      assertEquals(List.of(), task.getMetadata().getOwnerReferences());
      assertNotNull(task.get("spec", "ttlSecondsAfterFinished"));
    }
  }

  private static Map<String, String> labels(Discoveries discoveries, Played played) {
    return discoveries.tasks().get(played.objectName()).getMetadata().getLabels();
  }
}
