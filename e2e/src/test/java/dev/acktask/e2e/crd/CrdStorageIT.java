package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Defaults, pruning, the status subresource and selection by field. */
@OnControlPlane
class CrdStorageIT {
  private static final Map<String, String> SHOP = Map.of("kind", "AckConnection", "name", "shop");

  private final ControlPlane controlPlane;
  private AckTasks tasks;

  CrdStorageIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void inANamespaceOfItsOwn() {
    tasks = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("storage"));
  }

  @Test
  void shouldReportNotYetObservedWhenCreated() {
    // when
    GenericKubernetesResource created = tasks.create("fresh", "T-1");

    // then
    assertEquals(Map.of("observedGeneration", -1, "phase", "Pending"), created.get("status"));
    assertEquals("Strict", created.get("spec", "successPolicy"));
  }

  @Test
  void shouldIgnoreStatusWhenCreatedWithOne() {
    // given
    GenericKubernetesResource forged = tasks.create("template", "T-1");
    forged.setMetadata(new ObjectMetaBuilder().withName("forged").build());
    forged.setAdditionalProperty("status", Map.of("phase", "Succeeded", "observedGeneration", 1));

    // when
    GenericKubernetesResource created = tasks.operation().resource(forged).create();

    // then
    assertEquals(Map.of("observedGeneration", -1, "phase", "Pending"), created.get("status"));
  }

  @Test
  void shouldIgnoreStatusWhenSpecIsWritten() {
    // given
    GenericKubernetesResource object = tasks.create("edited", "T-1");
    object.setAdditionalProperty("status", Map.of("phase", "Succeeded"));

    // when
    GenericKubernetesResource updated = tasks.operation().resource(object).update();

    // then
    assertEquals("Pending", updated.get("status", "phase"));
  }

  @Test
  void shouldKeepGenerationWhenStatusIsWritten() {
    // given
    tasks.create("mirrored", "T-1");

    // when
    tasks.writeStatus("mirrored", Map.of("observedGeneration", 1, "phase", "Running"));
    tasks.patchSpec("mirrored", Map.of("pollInterval", "1m"));

    // then
    GenericKubernetesResource object = tasks.get("mirrored");
    assertEquals(2, object.getMetadata().getGeneration());
    assertEquals("Running", object.get("status", "phase"));
  }

  @Test
  void shouldDropUnknownFieldsWhenStored() {
    // when
    GenericKubernetesResource created =
        tasks.create("pruned", Map.of("taskId", "T-1", "endpoint", "https://evil.example"));
    GenericKubernetesResource mirrored =
        tasks.writeStatus(
            "pruned",
            Map.of("phase", "Running", "secret", "s", "target", Map.of("id", "c1", "secret", "s")));

    // then
    assertEquals(
        Map.of("taskId", "T-1", "successPolicy", "Strict", "suspend", false), created.get("spec"));
    assertNull(mirrored.get("status", "secret"));
    assertEquals(Map.of("id", "c1"), mirrored.get("status", "target"));
  }

  @Test
  void shouldFindByFieldWhenSelectable() {
    // given
    tasks.create("one", Map.of("taskId", "T-1", "clusterId", "c1"));
    tasks.create("two", Map.of("taskId", "T-2", "clusterId", "c1"));
    tasks.create("three", Map.of("taskId", "T-3", "clusterId", "c2"));
    tasks.writeStatus("two", Map.of("phase", "Running", "taskType", "cluster_upgrade"));

    // then
    assertEquals(List.of("one"), tasks.namesWhere("spec.taskId", "T-1"));
    assertEquals(List.of("one", "two"), tasks.namesWhere("spec.clusterId", "c1"));
    assertEquals(List.of("two"), tasks.namesWhere("status.phase", "Running"));
    assertEquals(List.of("one", "three"), tasks.namesWhere("status.phase", "Pending"));
    assertEquals(List.of("two"), tasks.namesWhere("status.taskType", "cluster_upgrade"));
  }

  @Test
  void shouldFindByConnectionWhenItIsReferenced() {
    // given
    tasks.create("one", "T-1");
    tasks.create("two", Map.of("taskId", "T-2", "connectionRef", SHOP));

    // then
    assertEquals(List.of("two"), tasks.namesWhere("spec.connectionRef.name", "shop"));
    assertEquals(List.of("one"), tasks.namesWhere("spec.connectionRef.name", ""));
  }

  @Test
  void shouldKeepTheConnectionOfTheObservation() {
    // given
    tasks.create("observed", Map.of("taskId", "T-1", "connectionRef", SHOP));
    Map<String, String> connection = new HashMap<>(SHOP);
    connection.putAll(Map.of("namespace", tasks.namespace(), "regionId", "cn-hangzhou"));

    // when
    tasks.writeStatus("observed", Map.of("observedGeneration", 1, "connection", connection));

    // then
    assertEquals(SHOP, tasks.get("observed").get("spec", "connectionRef"));
    assertEquals(connection, tasks.get("observed").get("status", "connection"));
  }

  @Test
  void shouldFindByFieldWhenAskedByKubectl() {
    // given
    tasks.create("one", "T-1");
    tasks.create("two", "T-2");

    // when
    CommandResult found =
        controlPlane.kubectl(
            "get", "ackt", "-n", tasks.namespace(), "--field-selector=spec.taskId=T-2", "-o=name");

    // then
    assertEquals("acktask.acktask.dev/two\n", found.orThrow());
  }

  @Test
  void shouldFindItWhenAskedForTheCategory() {
    // given
    tasks.create("one", "T-1");

    // when
    CommandResult found = controlPlane.kubectl("get", "ack", "-n", tasks.namespace(), "-o=name");

    // then
    assertTrue(found.orThrow().lines().anyMatch("acktask.acktask.dev/one"::equals));
  }
}
