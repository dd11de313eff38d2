package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.examples.Manifests;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The example of gates for Flux, with an operator and a cloud: {@code app} depends on {@code
 * quiet}, and that on {@code pools}. Everything is as in the example, except that the namespaces
 * are those of the test.
 */
final class GatesExample implements AutoCloseable {
  static final String POOLS = "pools";
  static final String QUIET = "quiet";
  static final String APP = "app";
  static final String POOLS_GATE = "pools-1-34";
  static final String QUIET_GATE = "quiet-1-34";

  /** How Git names the version in the resource that waits. */
  static final String VERSION = "clusterVersion: \"1.34\"";

  private static final String FOLDER = "examples/10-gates";
  private static final String CLUSTER = "c00000000000000000000000000000001";

  private final Gates gates;
  private final Flux flux;

  private GatesExample(Gates gates, Flux flux) {
    this.gates = gates;
    this.flux = flux;
  }

  /** With the operator, the discovery and Flux, and nothing in Git. */
  static GatesExample start(ControlPlane controlPlane, GatingTools tools, String prefix)
      throws IOException {
    Gates gates = Gates.start(controlPlane, prefix);
    try {
      GatesExample example =
          new GatesExample(gates, Flux.start(controlPlane, tools, prefix + "-flux"));
      example.expectDisturbance();
      example.createDiscovery();
      return example;
    } catch (RuntimeException | IOException e) {
      gates.close();
      throw e;
    }
  }

  /** What Git holds. */
  static SourceTree files() {
    return SourceTree.ofRepository(FOLDER + "/manifests");
  }

  /** Commits the example and creates its Kustomizations; waits for the first gate. */
  void apply() throws IOException {
    flux.commit(files());
    flux.create(Manifests.read(Manifests.EXAMPLES.resolve("10-gates/flux.yaml")), namespace());
    await(POOLS_GATE).atMost(Gates.SOON).until(() -> gates.exists(POOLS_GATE));
  }

  /** Starts so many upgrades, and waits for the AckTasks that the discovery creates. */
  List<PoolUpgrade> upgradePools(int count) {
    List<PoolUpgrade> started = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      started.add(upgradePool(i));
    }
    started.forEach(task -> gates.tasks().awaitPhase(task.objectName(), "Running", Gates.SOON));
    return started;
  }

  /** Starts one upgrade; another number is another task. */
  PoolUpgrade upgradePool(int number) {
    PoolUpgrade task =
        PoolUpgrade.start(gates.region(), "T-%024x".formatted(0xa00 + number), CLUSTER);
    await(task.taskId())
        .atMost(Gates.SOON)
        .until(() -> gates.tasks().find(task.objectName()).isPresent());
    return task;
  }

  Gates gates() {
    return gates;
  }

  Flux flux() {
    return flux;
  }

  /** The version in the resource that waits; empty before it is applied. */
  Optional<String> appliedVersion() {
    ConfigMap applied =
        gates
            .fixture()
            .controlPlane()
            .admin()
            .configMaps()
            .inNamespace(namespace())
            .withName("after-gates")
            .get();
    return Optional.ofNullable(applied).map(it -> it.getData().get("clusterVersion"));
  }

  private String namespace() {
    return gates.tasks().namespace();
  }

  private void expectDisturbance() {
    gates
        .fixture()
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                .withExtra(10)
                .withReaction(Gates.SOON));
  }

  private void createDiscovery() throws IOException {
    for (GenericKubernetesResource discovery :
        Manifests.read(Manifests.EXAMPLES.resolve("10-gates/discovery.yaml"))) {
      discovery.getMetadata().setNamespace(namespace());
      gates.fixture().controlPlane().admin().resource(discovery).create();
    }
  }

  /** Checks the history of the operator as well. */
  @Override
  public void close() {
    try {
      flux.close();
    } finally {
      gates.close();
    }
  }
}
