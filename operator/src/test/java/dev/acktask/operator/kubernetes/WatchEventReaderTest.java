package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchEventReaderTest {
  private static final String ACK_TASK = "'apiVersion': 'acktask.dev/v1alpha1', 'kind': 'AckTask'";

  private final KubernetesSerialization serialization = serialization();

  @ParameterizedTest
  @ValueSource(strings = {"ADDED", "MODIFIED", "DELETED", "BOOKMARK"})
  void shouldReadAnAckTaskOfAnyEvent(String type) {
    WatchEvent event =
        read("{'type': '%s', 'object': {%s, 'metadata': {'name': 'a'}}}".formatted(type, ACK_TASK));

    assertEquals(type, event.getType());
    AckTask task = assertInstanceOf(AckTask.class, event.getObject());
    assertEquals("a", task.getMetadata().getName());
    assertEquals("acktask.dev/v1alpha1", task.getApiVersion());
    assertEquals("AckTask", task.getKind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'object': {%s, 'spec': {'taskId': 'T-1'}}, 'type': 'ADDED'}",
        "{'object': {'spec': {'taskId': 'T-1'}, %s}, 'type': 'ADDED'}",
        "{'more': [{'object': 1}], 'type': 'ADDED', 'object': {'spec': {'taskId': 'T-1'}, %s}}"
      })
  void shouldReadMembersInAnyOrder(String event) {
    WatchEvent read = read(event.formatted(ACK_TASK));

    assertEquals("ADDED", read.getType());
    assertEquals("T-1", assertInstanceOf(AckTask.class, read.getObject()).getSpec().taskId());
  }

  @Test
  void shouldReadTheStatusOfAWatchThatEndsWithAnError() {
    WatchEvent event =
        read(
            """
            {'type': 'ERROR', 'object': {'kind': 'Status', 'apiVersion': 'v1', 'metadata': {},
             'status': 'Failure', 'reason': 'Expired', 'code': 410}}
            """);

    assertEquals(410, assertInstanceOf(Status.class, event.getObject()).getCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'apiVersion': 'acktask.dev/v1alpha1', 'kind': 'Other'",
        "'apiVersion': 'acktask.dev/v2', 'kind': 'AckTask'"
      })
  void shouldLeaveAnObjectOfAnotherKindToTheClient(String kind) {
    WatchEvent event = read("{'type': 'ADDED', 'object': {%s}}".formatted(kind));

    assertInstanceOf(GenericKubernetesResource.class, event.getObject());
  }

  @Test
  void shouldHaveNoObjectWhenItIsNull() {
    assertNull(read("{'type': 'ADDED', 'object': null}").getObject());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'ADDED', 'object': {%s, 'spec': {'taskId':",
        "{'type': 'ADDED', 'object': {%s",
        "{'type': 'ADDED', 'object': {'apiVersion': "
      })
  void shouldRefuseAnEventThatIsCutOff(String event) {
    assertThrows(RuntimeException.class, () -> read(event.formatted(ACK_TASK)));
  }

  private WatchEvent read(String event) {
    return serialization.unmarshal(event.replace('\'', '"'), WatchEvent.class);
  }

  /** Configured as in the client. */
  private static KubernetesSerialization serialization() {
    KubernetesSerialization serialization =
        new KubernetesSerialization(
            new ObjectMapper().registerModule(new CachePruningModule()), false);
    serialization.registerKubernetesResource(AckTask.class);
    serialization.registerKubernetesResource(Status.class);
    return serialization;
  }
}
