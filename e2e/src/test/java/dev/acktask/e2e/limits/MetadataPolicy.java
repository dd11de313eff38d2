package dev.acktask.e2e.limits;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;

/** The chart's ValidatingAdmissionPolicy on the control plane. */
final class MetadataPolicy {
  private static final String POLICY = "acktask-operator-metadata";
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;
  private final AckTasks tasks;

  /**
   * @param tasks in a namespace where probes may be created
   */
  MetadataPolicy(ControlPlane controlPlane, AckTasks tasks) {
    this.controlPlane = controlPlane;
    this.tasks = tasks;
  }

  /** Runs {@code meanwhile} while the policy has no effect. */
  void without(Runnable meanwhile) {
    var bindings =
        controlPlane
            .admin()
            .admissionRegistration()
            .v1()
            .validatingAdmissionPolicyBindings()
            .withName(POLICY);
    ValidatingAdmissionPolicyBinding saved = bindings.require();
    bindings.delete();
    try {
      await().atMost(SOON).until(() -> !refusesProbe());
      meanwhile.run();
    } finally {
      saved.getMetadata().setResourceVersion(null);
      saved.getMetadata().setUid(null);
      controlPlane.admin().resource(saved).create();
      awaitInForce();
    }
  }

  /** A policy takes effect some time after it was stored. */
  void awaitInForce() {
    await().atMost(SOON).until(this::refusesProbe);
  }

  private boolean refusesProbe() {
    try {
      GenericKubernetesResource probe = new GenericKubernetesResource();
      probe.setApiVersion(AckTasks.API_VERSION);
      probe.setKind(AckTasks.KIND);
      probe.setMetadata(
          new ObjectMetaBuilder()
              .withName("probe")
              .withAnnotations(Map.of("note", "x".repeat(20_000)))
              .build());
      probe.setAdditionalProperty("spec", Map.of("taskId", "T-1"));
      tasks.operation().resource(probe).dryRun().create();
      return false;
    } catch (KubernetesClientException refused) {
      return refused.getCode() == 422;
    }
  }
}
