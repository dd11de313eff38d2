package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.examples.Manifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Kustomization with {@code wait: true} for each object, which adopts it. */
record FluxWait(ControlPlane controlPlane, GatingTools tools) implements GatingTool {
  private static final Duration SOON = Duration.ofMinutes(3);

  /** The least that it accepts; then it says what it waits for. */
  private static final String TIMEOUT = "30s";

  @Override
  public String title() {
    return "Flux";
  }

  @Override
  public List<Verdict> judge(List<WrittenObject> objects) {
    try (Flux flux = Flux.start(controlPlane, tools, "results-flux")) {
      SourceTree tree = SourceTree.empty();
      for (int i = 0; i < objects.size(); i++) {
        tree = tree.with(name(i) + "/object.yaml", objects.get(i).manifest().toPrettyString());
      }
      flux.commit(tree);
      for (int i = 0; i < objects.size(); i++) {
        flux.create(kustomization(i), objects.get(i).namespace());
      }
      List<Verdict> verdicts = new ArrayList<>();
      for (int i = 0; i < objects.size(); i++) {
        String name = name(i);
        verdicts.add(
            await(objects.get(i).toString())
                .atMost(SOON)
                .until(() -> verdict(flux.kustomization(name)), Optional::isPresent)
                .orElseThrow());
      }
      return verdicts;
    }
  }

  /** Empty as long as it has not concluded anything from the object. */
  private static Optional<Verdict> verdict(GenericKubernetesResource kustomization) {
    String message = AckTasks.message(kustomization, "Ready");
    if (AckTasks.condition(kustomization, "Ready").equals("True")) {
      return Optional.of(Verdict.OPENS);
    }
    if (message.contains("failed early due to stalled resources")) {
      return Optional.of(Verdict.FAILS);
    }
    return message.contains("timeout waiting for") && message.contains("InProgress")
        ? Optional.of(Verdict.WAITS)
        : Optional.empty();
  }

  private static List<GenericKubernetesResource> kustomization(int index) {
    return Manifests.parse(
        """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: %s}
        spec:
          sourceRef: {kind: GitRepository, name: %s}
          path: ./%s
          prune: false
          wait: true
          timeout: %s
          interval: 1h
          retryInterval: 1m
        """
            .formatted(name(index), Flux.REPOSITORY, name(index), TIMEOUT));
  }

  private static String name(int index) {
    return "object-" + index;
  }
}
