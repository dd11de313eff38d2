package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata that users control and no decision reads is skipped while it is parsed. */
final class MetadataPruningModuleTest {
  private static final String METADATA =
      """
      {"namespace": "shop", "name": "a", "uid": "u1", "resourceVersion": "7", "generation": 3,
       "creationTimestamp": "2026-01-02T03:04:05Z", "deletionTimestamp": "2026-01-02T03:04:06Z",
       "labels": {"team": "shop"},
       "annotations": {"note": "x", "acktask.dev/refresh-requested-at": "now", "other": "y"},
       "ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "c", "uid": "u2"}],
       "finalizers": ["example.com/wait"],
       "managedFields": [{"manager": "kubectl", "operation": "Update", "time": "2026-01-02T03:04:05Z"}]}
      """;

  @Test
  void shouldKeepWhatADecisionReadsAndNothingElse() {
    // when
    ObjectMeta read = read(METADATA);

    // then
    assertEquals(Map.of(AckTask.REFRESH_REQUESTED_AT, "now"), read.getAnnotations());
    assertEquals("u1", read.getUid());
    assertEquals("7", read.getResourceVersion());
    assertEquals(3L, read.getGeneration());
    assertEquals("2026-01-02T03:04:05Z", read.getCreationTimestamp());
    assertEquals("2026-01-02T03:04:06Z", read.getDeletionTimestamp());
    assertEquals("kubectl", read.getManagedFields().getFirst().getManager());
    assertEquals(Map.of("team", "shop"), read.getLabels());
    assertTrue(read.getOwnerReferences() == null || read.getOwnerReferences().isEmpty());
    assertTrue(read.getFinalizers() == null || read.getFinalizers().isEmpty());
  }

  @Test
  void shouldKeepTheFirstLabelsAndThoseOfDiscoveries() {
    // given
    String labels =
        IntStream.range(0, 1_000)
            .mapToObj("\"a%04d\": \"x\""::formatted)
            .collect(Collectors.joining(", "));

    // when
    Map<String, String> kept =
        read("{\"labels\": {%s, \"acktask.dev/discovered-by\": \"upgrades\"}}".formatted(labels))
            .getLabels();

    // then
    assertEquals("upgrades", kept.get("acktask.dev/discovered-by"));
    assertEquals("x", kept.get("a0031"));
    assertEquals(CachedLabels.MAX + 2, kept.size());
    assertFalse(CachedLabels.areAllKnown(kept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"team\": null}", "{\"team\": {\"a\": [1]}}"})
  void shouldReadNoLabelsWhenThereAreNone(String labels) {
    ObjectMeta read = read("{\"labels\": %s, \"name\": \"a\"}".formatted(labels));

    assertTrue(isEmpty(read.getLabels()));
    assertEquals("a", read.getName());
  }

  @Test
  void shouldWriteAllMetadata() {
    ObjectMeta meta =
        new ObjectMetaBuilder()
            .addToLabels("team", "shop")
            .addToAnnotations("note", "x")
            .addNewOwnerReference()
            .withUid("u1")
            .endOwnerReference()
            .build();

    JsonNode written =
        new ObjectMapper().registerModule(new MetadataPruningModule()).valueToTree(meta);

    assertEquals("shop", written.at("/labels/team").asText());
    assertEquals("x", written.at("/annotations/note").asText());
    assertEquals("u1", written.at("/ownerReferences/0/uid").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"note\": \"x\"}",
        "{\"acktask.dev/refresh-requested-at\": null}",
        "{\"acktask.dev/refresh-requested-at\": {\"a\": [1]}, \"b\": {\"c\": {}}}"
      })
  void shouldReadNoRefreshRequestWhenThereIsNone(String annotations) {
    ObjectMeta read =
        read("{\"uid\": \"u1\", \"annotations\": %s, \"name\": \"a\"}".formatted(annotations));
    assertTrue(isEmpty(read.getAnnotations()));
    assertEquals("a", read.getName());
  }

  @Test
  void shouldReadTheVersionOfMetadataThatIsListedAlone() {
    PartialObjectMetadata read =
        serialization()
            .unmarshal("{\"metadata\": %s}".formatted(METADATA), PartialObjectMetadata.class);
    assertEquals("7", read.getMetadata().getResourceVersion());
  }

  @Test
  void shouldWriteAnObjectWithItsNameUidAndVersion() {
    AckTask task = new AckTask();
    task.setMetadata(read(METADATA));
    String written = serialization().asJson(task);
    assertTrue(written.contains("\"resourceVersion\":\"7\""), written);
    assertTrue(written.contains("\"uid\":\"u1\""), written);
    assertFalse(written.contains("example.com/wait"), written);
  }

  private static boolean isEmpty(Map<String, String> map) {
    return map == null || map.equals(Map.of());
  }

  private static ObjectMeta read(String metadata) {
    AckTask task =
        serialization()
            .unmarshal(
                """
                {"apiVersion": "acktask.dev/v1alpha1", "kind": "AckTask", "metadata": %s}
                """
                    .formatted(metadata),
                AckTask.class);
    return task.getMetadata();
  }

  private static KubernetesSerialization serialization() {
    KubernetesSerialization serialization =
        new KubernetesSerialization(
            new ObjectMapper().registerModule(new MetadataPruningModule()), false);
    serialization.registerKubernetesResource(AckTask.class);
    return serialization;
  }
}
