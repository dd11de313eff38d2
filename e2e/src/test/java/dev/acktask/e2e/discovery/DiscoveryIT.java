package dev.acktask.e2e.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks that no author registered appear, each once. Each history is also checked for a second
 * object of a task.
 */
@OnControlPlane
class DiscoveryIT {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryIT.class);
  private static final int CLUSTERS = 12;
  private static final String ALL = "clusters: {all: true}";

  private final ControlPlane controlPlane;

  DiscoveryIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldFillWithEachTaskOfAllRegionsOnce() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "discovery")) {
      // given
      List<Played> played = playAccount(discoveries);

      // when
      Instant began = Instant.now();
      Discoveries.REGIONS.forEach(region -> discoveries.put(region, region, ALL));

      // then
      await().atMost(Discoveries.SOON).until(() -> discoveries.names().size() >= played.size());
      log.info("{} AckTasks after {}", played.size(), Duration.between(began, Instant.now()));
      assertEquals(played.stream().map(Played::objectName).sorted().toList(), discoveries.names());
      discoveries.awaitPhases(played);
      for (String region : Discoveries.REGIONS) {
        discoveries.awaitTasks(region, "present", 20);
      }
      GenericKubernetesResource task = discoveries.tasks().get(played.get(0).objectName());
      Map<String, String> labels = task.getMetadata().getLabels();
      assertEquals("cn-hangzhou", labels.get("acktask.dev/discovered-by"));
      assertEquals(played.get(0).clusterId(), labels.get("acktask.dev/cluster-id"));
      assertEquals("cluster_upgrade", labels.get("acktask.dev/task-type"));
    }
  }

  private static List<Played> playAccount(Discoveries discoveries) {
    List<Played> played = new ArrayList<>();
    for (int cluster = 0; cluster < CLUSTERS; cluster++) {
      String region = Discoveries.REGIONS.get(cluster % Discoveries.REGIONS.size());
      played.addAll(ListedScripts.playFive(discoveries.region(region), cluster + 1));
    }
    return played;
  }
}
