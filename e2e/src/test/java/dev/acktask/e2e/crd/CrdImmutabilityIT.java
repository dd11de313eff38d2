package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fields that identify the task and its connection are immutable; those that control polling
 * are not.
 */
@OnControlPlane
class CrdImmutabilityIT {
  private static AckTasks tasks;
  private static int created;

  @BeforeAll
  static void inOneNamespace(ControlPlane controlPlane) {
    tasks = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("immutable"));
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "taskId, T-1, T-2",
        "taskId, T-1, t-1",
        "clusterId, c1, c2",
        "clusterId, -, c1",
        "clusterId, c1, -",
        "successPolicy, Strict, StateOnly",
        "successPolicy, StateOnly, Strict",
        // Both are a change between Strict, the default, and StateOnly.
        "successPolicy, -, StateOnly",
        "successPolicy, StateOnly, -",
        "connectionRef, AckConnection/a, AckConnection/b",
        "connectionRef, AckConnection/a, ClusterAckConnection/a",
        "connectionRef, -, ClusterAckConnection/default",
        "connectionRef, ClusterAckConnection/default, -",
      })
  void shouldRefuseWhenImmutableFieldIsEdited(String field, String from, String to) {
    // given
    String name = create(field, from);

    // when
    KubernetesClientException refused =
        assertThrows(
            KubernetesClientException.class,
            () -> tasks.patchSpec(name, Collections.singletonMap(field, value(field, to))));

    // then
    assertEquals(422, refused.getCode(), refused::getMessage);
    assertTrue(
        refused.getStatus().getMessage().contains(field + " is immutable"), refused::getMessage);
  }

  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "pollInterval, 15s, 1m",
        "pollInterval, -, 1m",
        "pollInterval, 15s, -",
        "include, Outputs, Parameters",
        "include, -, Outputs",
        "include, Outputs, -",
        // An unchanged value, and the default as an explicit value.
        "taskId, T-1, T-1",
        "connectionRef, AckConnection/a, AckConnection/a",
        "successPolicy, -, Strict",
        "successPolicy, Strict, -",
      })
  void shouldAcceptWhenMutableFieldIsEdited(String field, String from, String to) {
    // given
    String name = create(field, from);

    // when
    GenericKubernetesResource edited =
        tasks.patchSpec(name, Collections.singletonMap(field, value(field, to)));

    // then
    Object expected = to == null && field.equals("successPolicy") ? "Strict" : value(field, to);
    assertEquals(expected, edited.get("spec", field));
  }

  private static String create(String field, String value) {
    String name = "task-" + ++created;
    Map<String, Object> spec = new HashMap<>(Map.of("taskId", "T-1"));
    if (value != null) {
      spec.put(field, value(field, value));
    }
    tasks.create(name, spec);
    return name;
  }

  /** A list for include, an object for connectionRef. */
  private static Object value(String field, String text) {
    if (text != null && field.equals("connectionRef")) {
      String[] parts = text.split("/", 2);
      return Map.of("kind", parts[0], "name", parts[1]);
    }
    return text != null && field.equals("include") ? List.of(text) : text;
  }
}
