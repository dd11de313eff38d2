package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.controller.FakeAckTaskStore;
import dev.acktask.operator.controller.ReconcilerTestCase;
import dev.acktask.operator.decision.StatusBudget;
import dev.acktask.operator.task.TaskRef;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache keeps a bounded part of any object, and decisions do not change. */
final class CacheLimitsTest extends ReconcilerTestCase {
  private static final String OPERATOR = FieldManagers.OPERATOR;

  @Test
  void shouldKeepNoOwnerNoFinalizerAndNoForeignAnnotation() {
    // given
    AckTask task = store.create("u1", SPEC);
    task.getMetadata().setFinalizers(List.of("example.com/wait"));
    task.getMetadata().setAnnotations(Map.of("note", "x".repeat(1_000)));

    // when
    ObjectMeta kept = FakeAckTaskStore.asWatched(task).getMetadata();

    // then
    assertEquals(List.of(), kept.getFinalizers());
    assertEquals(List.of(), kept.getOwnerReferences());
    assertEquals(Map.of(), kept.getAnnotations());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 257, 1_023, 1_024, 1_025, 250_000})
  void shouldDecideTheSameForATruncatedRefreshRequest(int length) {
    // given
    AckTask task = store.create("u1", SPEC);
    String value = "r".repeat(length);
    task.getMetadata().setAnnotations(Map.of(AckTask.REFRESH_REQUESTED_AT, value));

    // when
    AckTask kept = FakeAckTaskStore.asWatched(task);

    // then
    String bounded = kept.getMetadata().getAnnotations().get(AckTask.REFRESH_REQUESTED_AT);
    assertTrue(bounded.length() <= CacheLimits.MAX_LENGTH + 1);
    assertEquals(
        AckTaskSnapshotFactory.of(task).refreshRequest(),
        AckTaskSnapshotFactory.of(kept).refreshRequest());
  }

  @Test
  void shouldAnswerALongRefreshRequestOnce() {
    // given
    store.create("u1", SPEC);
    reconcileAndWait();
    int calls = cloud.calls.size();

    // when
    store.requestRefresh("r".repeat(250_000));
    reconcileAndWait();

    // then
    assertEquals(calls + 1, cloud.calls.size());
    assertEquals(256, status().lastHandledRefreshAt().length());
    assertFalse(
        AckTaskSnapshotFactory.of(FakeAckTaskStore.asWatched(store.current()))
            .isRefreshRequested());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:02Z, 2026-01-01T00:00:01Z",
    "2026-01-01T00:00:01Z, 2026-01-01T00:00:02Z",
    "2026-01-01T00:00:01Z, 2026-01-01T00:00:01Z",
    "someday,              2026-01-01T00:00:01Z"
  })
  void shouldKeepAtMostTwoManagersAndTheSameLastWriter(String own, String foreign) {
    List<ManagedFieldsEntry> managers = new ArrayList<>();
    managers.add(entry(OPERATOR, "status", own));
    for (int i = 0; i < 1_000; i++) {
      managers.add(entry("m" + i, "", "2026-01-01T00:00:0" + i % 10 + "Z"));
    }
    managers.add(entry("kubectl", "status", foreign));
    managers.add(entry("old", "status", "2020-01-01T00:00:00Z"));

    for (List<ManagedFieldsEntry> some :
        List.of(
            managers,
            managers.subList(1, managers.size()),
            managers.subList(0, 1_001),
            managers.subList(1, 1_001),
            managers.subList(0, 1),
            List.<ManagedFieldsEntry>of())) {
      assertSameLastWriter(some);
    }
  }

  @Test
  void shouldKeepASpecWithinTheLimitsUnchanged() {
    assertSame(SPEC, CacheLimits.truncate(SPEC));
    assertNull(CacheLimits.truncate((AckTaskSpec) null));
  }

  @Test
  void shouldKeepAnInvalidSpecInvalidWhenItIsTruncated() {
    String endless = "T".repeat(1_000_000);
    AckTaskSpec kept =
        CacheLimits.truncate(
            AckTaskSpec.builder()
                .taskId(endless)
                .clusterId(endless)
                .pollInterval(endless)
                .deadline(endless)
                .include(List.of(endless, endless))
                .successPolicy(endless)
                .build());
    assertEquals(CacheLimits.MAX_LENGTH + 1, kept.taskId().length());
    assertEquals(CacheLimits.MAX_LENGTH + 1, kept.include().getFirst().length());
    assertTrue(TaskRef.parse(kept.taskId()).isEmpty());
  }

  /** Without its reference an AckTask would use another connection. */
  @Test
  void shouldKeepTheConnectionRefOfATruncatedSpec() {
    ConnectionRef ref = new ConnectionRef("AckConnection", "production");
    AckTaskSpec spec = SPEC.toBuilder().deadline("T".repeat(1_000_000)).connectionRef(ref).build();

    assertEquals(ref, CacheLimits.truncate(spec).connectionRef());
  }

  @ParameterizedTest
  @CsvSource({"AckConnection, long", "long, production", "long, long", ", long", "long,"})
  void shouldKeepATruncatedConnectionRefInvalid(String kind, String name) {
    AckTaskSpec spec =
        SPEC.toBuilder().connectionRef(new ConnectionRef(endless(kind), endless(name))).build();

    ConnectionRef kept = CacheLimits.truncate(spec).connectionRef();

    assertEquals(bounded(endless(kind)), kept.kind());
    assertEquals(bounded(endless(name)), kept.name());
  }

  @Test
  void shouldUseNoOtherConnectionForATruncatedConnectionRef() {
    ConnectionRef ref = new ConnectionRef("ClusterAckConnection", endless("long"));
    store.create("u1", SPEC.toBuilder().connectionRef(ref).build());

    reconcileAndWait();

    assertEquals(List.of(), cloud.calls);
  }

  @Test
  void shouldTruncateAForeignStatusAndOverwriteIt() {
    // given
    store.create("u1", SPEC);
    reconcileAndWait();
    AckTaskStatus truth = status();
    AckTaskStatus outsized = outsized(truth);
    assertTrue(StatusBudget.isExceededBy(outsized));

    // when
    store.forge(outsized);

    // then
    AckTaskStatus kept = FakeAckTaskStore.asWatched(store.current()).getStatus();
    assertEquals(16, kept.conditions().size());
    assertTrue(
        kept.conditions().stream()
            .allMatch(c -> c.message().length() <= CacheLimits.MAX_LENGTH + 1));
    assertEquals(List.of(), kept.stages());
    assertNull(kept.parameters());
    assertFalse(StatusBudget.isExceededBy(kept));
    assertNotEquals(truth, kept);

    // when
    reconcileAndWait();

    // then
    assertEquals(truth.phase(), status().phase());
    assertNull(status().parameters());
    assertFalse(StatusBudget.isExceededBy(status()));
  }

  private static String endless(String text) {
    return "long".equals(text) ? "default".repeat(100_000) : text;
  }

  private static String bounded(String text) {
    return text == null ? null : CacheLimits.truncate(text);
  }

  private static AckTaskStatus outsized(AckTaskStatus truth) {
    String large = "x".repeat(30_000);
    List<Condition> conditions = new ArrayList<>(truth.conditions());
    for (int i = 0; i < 40; i++) {
      conditions.add(new Condition("Foreign" + i, "True", "R", large, 1L, "2026-01-02T03:04:05Z"));
    }
    return truth.toBuilder()
        .reason(large)
        .message(large)
        .state(large)
        .taskType(large)
        .clusterId(large)
        .currentStage(large)
        .createdTime(large)
        .updatedTime(large)
        .progress(large)
        .stages(List.of(new AckTaskStatus.Stage(large, large, large, large, large)))
        .parameters(large)
        .requestId(large)
        .conditions(conditions)
        .build();
  }

  private static void assertSameLastWriter(List<ManagedFieldsEntry> managers) {
    List<ManagedFieldsEntry> kept = FieldManagers.decisive(managers);
    assertTrue(kept.size() <= 2, kept::toString);
    assertEquals(
        FieldManagers.operatorWroteStatusLast(of(managers)),
        FieldManagers.operatorWroteStatusLast(of(kept)));
  }

  private static ObjectMeta of(List<ManagedFieldsEntry> managers) {
    return new ObjectMetaBuilder().withManagedFields(managers).build();
  }

  private static ManagedFieldsEntry entry(String manager, String subresource, String time) {
    return new ManagedFieldsEntryBuilder()
        .withManager(manager)
        .withSubresource(subresource)
        .withTime(time)
        .build();
  }
}
