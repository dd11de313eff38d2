package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.discovery.Discoveries;
import dev.acktask.e2e.discovery.ListedScripts;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import dev.acktask.e2e.examples.Manifests;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** AckTasks of a discovery that is in Git, while they are not: Flux with {@code prune: true}. */
@OnControlPlane
@WithGatingTools
class FluxDiscoveryIT {
  private static final String REGION = "cn-hangzhou";
  private static final String NAME = "team";
  private static final String FILE = "team/discovery.yaml";
  private static final String KUSTOMIZATION =
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: team}
      spec:
        sourceRef: {kind: GitRepository, name: fleet}
        path: ./team
        prune: true
        wait: true
        timeout: 10m
        interval: 30m
      """;

  private final ControlPlane controlPlane;
  private final GatingTools tools;

  FluxDiscoveryIT(ControlPlane controlPlane, GatingTools tools) {
    this.controlPlane = controlPlane;
    this.tools = tools;
  }

  @Test
  void shouldPruneNoAckTaskWhenFluxReconcilesTheDiscovery() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "flux-keeps");
        Flux flux = Flux.start(controlPlane, tools, "flux-keeps-flux")) {
      // given
      List<Played> played = ListedScripts.playFive(discoveries.region(REGION), 1);
      String first = flux.commit(tree("first").with(FILE, discovery("Orphan")));
      flux.create(Manifests.parse(KUSTOMIZATION), discoveries.tasks().namespace());
      flux.awaitApplied(NAME, first);
      discoveries.awaitPhases(played);
      Map<String, String> created = uids(discoveries);
      assertEquals(played.size(), created.size());

      // when: Git changes beside the discovery
      flux.awaitApplied(NAME, flux.commit(tree("second").with(FILE, discovery("Orphan"))));

      // then
      assertEquals(created, uids(discoveries));
      assertEquals(List.of(), ownedByFlux(discoveries));
      String inventory = flux.kustomization(NAME).get("status", "inventory").toString();
      assertTrue(inventory.contains("_AckTaskDiscovery"), inventory);
      assertFalse(inventory.contains("_AckTask,"), inventory);

      // when: the discovery is removed from Git
      flux.awaitApplied(NAME, flux.commit(tree("third")));

      // then
      await().atMost(Discoveries.SOON).until(() -> discoveryNames(discoveries).isEmpty());
      assertEquals(created, uids(discoveries));
    }
  }

  @Test
  void shouldDeleteTheAckTasksWithTheDiscoveryWhenItsPolicyIsDelete() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "flux-deletes");
        Flux flux = Flux.start(controlPlane, tools, "flux-deletes-flux")) {
      // given
      List<Played> played = ListedScripts.playFive(discoveries.region(REGION), 1);
      String first = flux.commit(tree("first").with(FILE, discovery("Delete")));
      flux.create(Manifests.parse(KUSTOMIZATION), discoveries.tasks().namespace());
      flux.awaitApplied(NAME, first);
      discoveries.awaitPhases(played);

      // when
      flux.awaitApplied(NAME, flux.commit(tree("second")));

      // then
      await().atMost(Discoveries.SOON).until(() -> discoveries.names().isEmpty());
    }
  }

  private static SourceTree tree(String value) {
    return SourceTree.empty()
        .with(
            "team/settings.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {value: %s}\n"
                .formatted(value));
  }

  private static String discovery(String deletionPolicy) {
    return """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTaskDiscovery
        metadata: {name: all-clusters}
        spec:
          connectionRefs: [{kind: AckConnection, name: %s}]
          clusters: {all: true}
          deletionPolicy: %s
        """
        .formatted(REGION, deletionPolicy);
  }

  private static Map<String, String> uids(Discoveries discoveries) {
    Map<String, String> uids = new TreeMap<>();
    discoveries
        .tasks()
        .operation()
        .list()
        .getItems()
        .forEach(task -> uids.put(task.getMetadata().getName(), task.getMetadata().getUid()));
    return uids;
  }

  /** AckTasks with a label by which Flux finds what a Kustomization applied. */
  private static List<String> ownedByFlux(Discoveries discoveries) {
    return discoveries.tasks().operation().list().getItems().stream()
        .filter(
            task ->
                task.getMetadata().getLabels().keySet().stream()
                    .anyMatch(key -> key.contains("toolkit.fluxcd.io")))
        .map(task -> task.getMetadata().getName())
        .toList();
  }

  private static List<String> discoveryNames(Discoveries discoveries) {
    return discoveries
        .fixture()
        .kubectl("get", "acktaskdiscoveries", "-o", "name")
        .orThrow()
        .lines()
        .toList();
  }
}
