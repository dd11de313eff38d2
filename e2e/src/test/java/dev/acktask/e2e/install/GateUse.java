package dev.acktask.e2e.install;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Everything that the operator does with gates, in one namespace. */
final class GateUse {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String KIND = "AckTaskGate";
  private static final int EDITS = 5;

  private final ControlPlane controlPlane;
  private final String namespace;
  private int gates;

  GateUse(ControlPlane controlPlane, String namespace) {
    this.controlPlane = controlPlane;
    this.namespace = namespace;
  }

  /** Returns once a gate has a status, and the write of another one has met a conflict. */
  void run(AuditLog log, String user) {
    create("waits");
    await()
        .atMost(SOON)
        .until(() -> "Unknown".equals(AckTasks.condition(operation("waits").get(), "Succeeded")));
    Right read = new Right("get", "acktask.dev/acktaskgates", "", namespace);
    await()
        .atMost(SOON)
        .until(
            () -> {
              edit(create("edited-" + gates++));
              return log.uses(user).stream().anyMatch(read::covers);
            });
  }

  /** Edits a new gate while the operator writes its first status. */
  private void edit(String name) {
    for (int i = 0; i < EDITS; i++) {
      operation(name)
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\": {\"labels\": {\"edit\": \"e%d\"}}}".formatted(i));
    }
  }

  private String create(String name) {
    String gate =
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTaskGate
        metadata: {namespace: %s, name: %s}
        spec: {mode: AllSucceeded, taskRefs: [{name: none}]}
        """
            .formatted(namespace, name);
    controlPlane
        .admin()
        .load(new ByteArrayInputStream(gate.getBytes(StandardCharsets.UTF_8)))
        .create();
    return name;
  }

  private Resource<GenericKubernetesResource> operation(String name) {
    NonNamespaceOperation<
            GenericKubernetesResource,
            GenericKubernetesResourceList,
            Resource<GenericKubernetesResource>>
        all =
            controlPlane
                .admin()
                .genericKubernetesResources(AckTasks.API_VERSION, KIND)
                .inNamespace(namespace);
    return all.withName(name);
  }
}
