package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The informer reads lists and events; both must be pruned. */
final class CachePruningModuleTest {
  private static final String TASK =
      """
      {"apiVersion": "acktask.dev/v1alpha1", "kind": "AckTask",
       "metadata": {"namespace": "shop", "name": "a", "uid": "u1", "resourceVersion": "7",
         "labels": {"team": "shop"}},
       "spec": {"taskId": "T-1"},
       "status": {"taskId": "T-1", "phase": "Failed", "completionTime": "2026-01-02T03:04:05Z",
         "stages": [{"state": "fail"}],
         "conditions": [{"type": "Succeeded", "status": "False", "reason": "TaskFailed",
           "message": "m", "lastTransitionTime": "2026-01-02T03:04:05Z"}]}}
      """;

  private final KubernetesSerialization serialization = serialization();

  @Test
  void shouldPruneTheObjectsWhenAListIsRead() {
    KubernetesResourceList<?> list =
        serialization.unmarshal(
            """
            {"apiVersion": "acktask.dev/v1alpha1", "kind": "AckTaskList", "metadata": {},
             "items": [%s]}
            """
                .formatted(TASK),
            AckTaskList.class);
    assertPruned(list.getItems().getFirst());
  }

  @Test
  void shouldPruneTheObjectWhenAnEventOfTheWatchIsRead() {
    WatchEvent event =
        serialization.unmarshal(
            "{\"type\": \"MODIFIED\", \"object\": %s}".formatted(TASK), WatchEvent.class);
    assertPruned(event.getObject());
  }

  @Test
  void shouldPruneTheMetadataOfOtherKinds() {
    // given
    String gate =
        """
        {"apiVersion": "acktask.dev/v1alpha1", "kind": "AckTaskGate",
         "metadata": {"name": "a", "uid": "u", "generation": 2, "annotations": {"note": "x"},
           "finalizers": ["example.com/wait"],
           "managedFields": [
             {"manager": "kubectl", "operation": "Update", "subresource": "status",
              "time": "2026-01-02T03:04:05Z", "fieldsType": "FieldsV1",
              "fieldsV1": {"f:status": {}}}]},
         "spec": {"mode": "AllSucceeded"}, "status": {"phase": "Waiting"}}
        """;

    // when
    WatchEvent event =
        serialization.unmarshal(
            "{\"type\": \"MODIFIED\", \"object\": %s}".formatted(gate), WatchEvent.class);

    // then
    AckTaskGate read = assertInstanceOf(AckTaskGate.class, event.getObject());
    assertEquals(Map.of(), read.getMetadata().getAnnotations());
    assertEquals(List.of(), read.getMetadata().getFinalizers());
    assertNull(read.getMetadata().getManagedFields().getFirst().getFieldsV1());
    assertFalse(FieldManagers.operatorWroteStatusLast(read.getMetadata()));
    assertEquals(2L, read.getMetadata().getGeneration());
    assertEquals("AllSucceeded", read.getSpec().mode());
    assertEquals("Waiting", read.getStatus().phase());
  }

  private static void assertPruned(Object read) {
    AckTask task = assertInstanceOf(AckTask.class, read);
    assertEquals("a", task.getMetadata().getName());
    assertEquals(Map.of("team", "shop"), task.getMetadata().getLabels());
    assertEquals(List.of(), task.getStatus().stages());
    assertEquals(1, task.getStatus().conditions().size());
  }

  /** Configured as in the client. */
  private static KubernetesSerialization serialization() {
    KubernetesSerialization serialization =
        new KubernetesSerialization(
            new ObjectMapper().registerModule(new CachePruningModule()), false);
    serialization.registerKubernetesResource(AckTask.class);
    serialization.registerKubernetesResource(AckTaskGate.class);
    return serialization;
  }

  static final class AckTaskList
      extends io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList<AckTask> {
    private static final long serialVersionUID = 1;
  }
}
