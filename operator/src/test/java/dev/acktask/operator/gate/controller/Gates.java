package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateSpec.DiscoveryRef;
import dev.acktask.operator.api.v1alpha1.GateSpec.Selector;
import dev.acktask.operator.api.v1alpha1.GateSpec.TaskRef;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Gates for tests, in the namespace {@code shop}. */
final class Gates {
  private Gates() {}

  /** Waits for the success of these AckTasks. */
  static AckTaskGate named(String name, String... tasks) {
    return gate(
        name,
        GateSpec.builder()
            .mode(GateSpec.ALL_SUCCEEDED)
            .taskRefs(Stream.of(tasks).map(TaskRef::new).toList()));
  }

  /** Waits for the success of as many AckTasks with these labels. */
  static AckTaskGate selecting(String name, Map<String, String> labels, int count) {
    return gate(
        name,
        GateSpec.builder()
            .mode(GateSpec.ALL_SUCCEEDED)
            .selector(new Selector(labels))
            .since("720h")
            .count(count));
  }

  /** Waits until nothing runs on these clusters, which the discovery {@code all} lists. */
  static AckTaskGate quiet(String name, String... clusterIds) {
    return gate(
        name,
        GateSpec.builder()
            .mode(GateSpec.NONE_RUNNING)
            .clusterIds(List.of(clusterIds))
            .discoveryRef(new DiscoveryRef("all")));
  }

  static AckTaskGate gate(String name, GateSpec.Builder spec) {
    AckTaskGate gate = new AckTaskGate();
    gate.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("shop")
            .withName(name)
            .withUid("uid-" + name)
            .withGeneration(1L)
            .withResourceVersion("1")
            .withCreationTimestamp("2026-01-02T03:00:00Z")
            .build());
    gate.setSpec(spec.build());
    return gate;
  }

  static ResourceID id(String name) {
    return new ResourceID(name, "shop");
  }

  /** Another client wrote the status last. */
  static void forge(ObjectMeta meta) {
    ManagedFieldsEntry entry = new ManagedFieldsEntry();
    entry.setManager("kubectl-edit");
    entry.setSubresource("status");
    entry.setTime("2026-01-02T03:05:00Z");
    meta.setManagedFields(List.of(entry));
  }
}
