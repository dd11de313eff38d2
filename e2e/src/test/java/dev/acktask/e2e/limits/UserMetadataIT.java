package dev.acktask.e2e.limits;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The operator keeps almost no metadata of an object in memory, and writes statuses from what it
 * keeps. No metadata of users may be lost.
 */
@OnControlPlane
class UserMetadataIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  UserMetadataIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldLeaveTheMetadataOfUsersAsItIsWhenTheStatusIsWritten() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "metadata")) {
      // given
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      GenericKubernetesResource task = fixture.tasks().create("tagged", "T-1");
      ObjectMeta before =
          fixture
              .tasks()
              .operation()
              .withName("tagged")
              .edit(
                  object -> {
                    object.setMetadata(tagged(task, object.getMetadata()));
                    return object;
                  })
              .getMetadata();

      // when
      awaitPhase(fixture, "Running");
      fixture.tasks().patchSpec("tagged", Map.of("pollInterval", "1s"));
      fixture.cloud().answers("T-1", Answers.success("T-1"));
      awaitPhase(fixture, "Succeeded");
      fixture.tasks().patchSpec("tagged", Map.of("pollInterval", "2s"));
      await()
          .atMost(SOON)
          .until(
              () ->
                  Integer.valueOf(3)
                      .equals(fixture.tasks().get("tagged").get("status", "observedGeneration")));

      // then
      ObjectMeta after = fixture.tasks().get("tagged").getMetadata();
      assertEquals(before.getAnnotations(), after.getAnnotations());
      assertEquals(before.getLabels(), after.getLabels());
      assertEquals(before.getOwnerReferences(), after.getOwnerReferences());
      assertEquals(before.getFinalizers(), after.getFinalizers());
      assertFalse(after.getFinalizers().isEmpty());
      assertTrue(managers(after).containsAll(managers(before)), () -> after.toString());
      fixture.tasks().finalizers("tagged", List.of());
    }
  }

  private static List<String> managers(ObjectMeta meta) {
    return meta.getManagedFields().stream()
        .map(ManagedFieldsEntry::getManager)
        .collect(Collectors.toList());
  }

  private static ObjectMeta tagged(GenericKubernetesResource task, ObjectMeta meta) {
    return new ObjectMetaBuilder(meta)
        .withAnnotations(
            Map.of("note", "x".repeat(10_000), "acktask.dev/refresh-requested-at", "now"))
        .withLabels(Map.of("team", "shop"))
        .withFinalizers("example.com/wait")
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(AckTasks.API_VERSION)
                .withKind(AckTasks.KIND)
                .withName("tagged")
                .withUid(task.getMetadata().getUid())
                .build())
        .build();
  }

  private static void awaitPhase(OperatorFixture fixture, String phase) {
    await()
        .atMost(SOON)
        .until(() -> phase.equals(fixture.tasks().get("tagged").get("status", "phase")));
  }
}
