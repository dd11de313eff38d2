package dev.acktask.e2e.limits;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chart's ValidatingAdmissionPolicy with its default values, on a real API server. */
@OnControlPlane
class MetadataLimitsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;
  private AckTasks tasks;
  private MetadataPolicy policy;

  MetadataLimitsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void createNamespace() {
    tasks = new AckTasks(controlPlane.admin(), controlPlane.createNamespace("limits"));
    policy = new MetadataPolicy(controlPlane, tasks);
    policy.awaitInForce();
  }

  @Test
  void shouldAcceptWhatToolsWriteWhenItIsWithinTheLimits() {
    ObjectMeta meta =
        new ObjectMetaBuilder()
            .withName("usual")
            .withAnnotations(
                Map.of("kubectl.kubernetes.io/last-applied-configuration", "x".repeat(8_000)))
            .withLabels(Map.of("team", "shop"))
            .withOwnerReferences(owner("c", 253))
            .withFinalizers("example.com/wait")
            .build();

    create(meta);

    assertEquals(Map.of("team", "shop"), tasks.get("usual").getMetadata().getLabels());
    tasks.finalizers("usual", List.of());
  }

  @Test
  void shouldRefuseAndNameTheFixWhenAnnotationsAreLarge() {
    // given
    ObjectMeta large =
        new ObjectMetaBuilder()
            .withName("large")
            .withAnnotations(Map.of("note", "x".repeat(16_381)))
            .build();

    // when
    KubernetesClientException refused =
        assertThrows(KubernetesClientException.class, () -> create(large));

    // then
    assertEquals(422, refused.getCode());
    String message = refused.getMessage();
    assertTrue(message.contains("16384 bytes, these take 16385"), message);
    assertTrue(message.contains("Remove some of them"), message);
    assertTrue(message.contains("admissionPolicy.maxAnnotationBytes"), message);
    large.setAnnotations(Map.of("note", "x".repeat(16_380)));
    create(large);
  }

  @Test
  void shouldCountBytesAndNotCharacters() {
    ObjectMeta large =
        new ObjectMetaBuilder()
            .withName("large")
            .withAnnotations(Map.of("note", "升".repeat(6_000)))
            .build();

    assertRefused(large, "maxAnnotationBytes");
  }

  @Test
  void shouldRefuseWhenThereAreManyEntriesOfAnyKind() {
    Map<String, String> many = new HashMap<>();
    List<OwnerReference> owners = new ArrayList<>();
    List<String> finalizers = new ArrayList<>();
    for (int i = 0; i < 129; i++) {
      many.put("k" + i, "v");
      owners.add(owner("c" + i, 5));
      finalizers.add("example.com/f" + i);
    }
    ObjectMetaBuilder named = new ObjectMetaBuilder().withName("many");

    for (ObjectMeta meta :
        List.of(
            named.withAnnotations(many).build(),
            named.withAnnotations(Map.of()).withLabels(many).build(),
            named.withLabels(Map.of()).withOwnerReferences(owners).build(),
            named
                .withOwnerReferences(List.<OwnerReference>of())
                .withFinalizers(finalizers)
                .build())) {
      assertRefused(meta, "this one has 129");
    }
  }

  /** Far more than the cost budget of CEL allows: the count alone leads to the refusal. */
  @Test
  void shouldStayWithinTheCostLimitWhenVeryMuchIsSent() {
    Map<String, String> most = new HashMap<>();
    for (int i = 0; i < 40_000; i++) {
      most.put("k" + i, "");
    }
    assertRefused(
        new ObjectMetaBuilder().withName("most").withAnnotations(most).build(), "has 40000");
    assertRefused(
        new ObjectMetaBuilder().withName("most").withOwnerReferences(owner("c", 1_000_000)).build(),
        "owner references");
  }

  @Test
  void shouldAllowEditShrinkAndDeleteWhenTheObjectPredatesThePolicy() {
    // given
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      many.put("k" + i, "v".repeat(400));
    }
    policy.without(
        () ->
            create(
                new ObjectMetaBuilder()
                    .withName("older")
                    .withAnnotations(many)
                    .withOwnerReferences(owner("c", 50_000))
                    .withFinalizers("example.com/wait", "example.com/too")
                    .build()));

    // when: it does not grow
    tasks.patchSpec("older", Map.of("suspend", true));
    tasks.finalizers("older", List.of("example.com/wait"));
    tasks.writeStatus("older", Map.of("observedGeneration", 1, "phase", "Pending"));

    // then
    KubernetesClientException refused =
        assertThrows(
            KubernetesClientException.class,
            () ->
                edit(
                    "older",
                    meta -> {
                      Map<String, String> more = new HashMap<>(meta.getAnnotations());
                      more.put("one", "more");
                      more.put("two", "more");
                      return new ObjectMetaBuilder(meta).withAnnotations(more).build();
                    }));
    assertTrue(refused.getMessage().contains("maxMetadataEntries"), refused::getMessage);
    edit("older", meta -> new ObjectMetaBuilder(meta).withAnnotations(firstOf(meta, 100)).build());
    edit("older", meta -> new ObjectMetaBuilder(meta).withAnnotations(firstOf(meta, 90)).build());
    assertEquals(90, tasks.get("older").getMetadata().getAnnotations().size());
    tasks.delete("older");
    tasks.finalizers("older", List.of());
    await().atMost(SOON).until(() -> tasks.find("older").isEmpty());
  }

  private static Map<String, String> firstOf(ObjectMeta meta, int count) {
    Map<String, String> some = new HashMap<>();
    meta.getAnnotations().entrySet().stream()
        .limit(count)
        .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
    return some;
  }

  private void edit(String name, UnaryOperator<ObjectMeta> edit) {
    tasks
        .operation()
        .withName(name)
        .edit(
            object -> {
              object.setMetadata(edit.apply(object.getMetadata()));
              return object;
            });
  }

  private void assertRefused(ObjectMeta meta, String because) {
    KubernetesClientException refused =
        assertThrows(KubernetesClientException.class, () -> create(meta));
    assertEquals(422, refused.getCode());
    assertTrue(refused.getMessage().contains(because), refused::getMessage);
  }

  private GenericKubernetesResource create(ObjectMeta meta) {
    GenericKubernetesResource task = new GenericKubernetesResource();
    task.setApiVersion(AckTasks.API_VERSION);
    task.setKind(AckTasks.KIND);
    task.setMetadata(meta);
    task.setAdditionalProperty("spec", Map.of("taskId", "T-1"));
    return tasks.operation().resource(task).create();
  }

  private static OwnerReference owner(String prefix, int length) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind("ConfigMap")
        .withName(prefix + "n".repeat(length - prefix.length()))
        .withUid("00000000-0000-0000-0000-000000000000")
        .build();
  }
}
