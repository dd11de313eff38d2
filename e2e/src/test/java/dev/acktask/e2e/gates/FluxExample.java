package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.examples.Manifests;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.time.Duration;

/**
 * The example for Flux, with an operator and a cloud: the Kustomization {@code upgrade} waits for
 * one AckTask, and {@code after-upgrade} depends on it. Everything is as in the example, except
 * that the namespaces are those of the test.
 */
final class FluxExample implements AutoCloseable {
  static final String UPGRADE = "upgrade";
  static final String AFTER = "after-upgrade";
  static final String TASK = "upgrade-cluster-1-34";
  static final String TASK_ID = "T-000000000000000000000c01";

  private static final String FOLDER = "examples/03-flux";
  private static final String CLUSTER = "c00000000000000000000000000000001";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final OperatorFixture fixture;
  private final Flux flux;

  private FluxExample(OperatorFixture fixture, Flux flux) {
    this.fixture = fixture;
    this.flux = flux;
  }

  /** With the operator and Flux, and nothing in Git. */
  static FluxExample start(ControlPlane controlPlane, GatingTools tools, String prefix) {
    OperatorFixture fixture = OperatorFixture.start(controlPlane, prefix);
    try {
      return new FluxExample(fixture, Flux.start(controlPlane, tools, prefix + "-flux"));
    } catch (RuntimeException e) {
      fixture.close();
      throw e;
    }
  }

  /** The files of the example. */
  static SourceTree files() {
    return SourceTree.ofRepository(FOLDER);
  }

  /** The file of the AckTask. */
  static String taskFile() {
    return FOLDER + "/upgrade/acktask.yaml";
  }

  /** Commits the example and creates its Kustomizations; waits until the task is polled. */
  void apply() throws IOException {
    flux.commit(files());
    flux.create(
        Manifests.read(Manifests.EXAMPLES.resolve("03-flux/kustomizations.yaml")), namespace());
    await(TASK).atMost(SOON).until(() -> fixture.tasks().find(TASK).isPresent());
    fixture.tasks().awaitPhase(TASK, "Running", SOON);
  }

  Flux flux() {
    return flux;
  }

  OperatorFixture fixture() {
    return fixture;
  }

  /** A task of the cluster of the example. */
  CloudTask task(String taskId) {
    return new CloudTask(fixture.cloud(), taskId, CLUSTER);
  }

  /** True when the resource that waits for the task is applied. */
  boolean isAfterApplied() {
    return fixture
            .controlPlane()
            .admin()
            .configMaps()
            .inNamespace(namespace())
            .withName(AFTER)
            .get()
        != null;
  }

  /** The present AckTask. */
  GenericKubernetesResource ackTask() {
    return fixture.tasks().get(TASK);
  }

  /** Status of a condition of the AckTask. */
  String condition(String type) {
    return AckTasks.condition(ackTask(), type);
  }

  private String namespace() {
    return fixture.tasks().namespace();
  }

  /** Checks the history of the operator as well. */
  @Override
  public void close() {
    try {
      flux.close();
    } finally {
      fixture.close();
    }
  }
}
