package dev.acktask.operator.discovery.controller;

import static dev.acktask.operator.discovery.ListedTasks.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Metadata;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.TaskSpec;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Template;
import dev.acktask.operator.discovery.DiscoveryFindings.Failure;
import dev.acktask.operator.discovery.ListedTasks;
import dev.acktask.operator.task.ListedTask;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TaskCreationTest {
  private static final ConnectionRef EU = new ConnectionRef("ClusterAckConnection", "eu");

  private final SweptDiscovery discovery = new SweptDiscovery(DiscoverySpec.builder());

  @Test
  void shouldCreateAnAckTaskNamedLikeTheTask() {
    discovery.sweep(task("T-1A"));

    AckTask created = discovery.get("t-1a");
    assertEquals(
        AckTaskSpec.builder()
            .taskId("T-1A")
            .clusterId(SweptDiscovery.CLUSTER)
            .connectionRef(EU)
            .ttlSecondsAfterFinished(604_800L)
            .build(),
        created.getSpec());
    assertEquals(
        Map.of(
            "acktask.dev/discovered-by", "upgrades",
            "acktask.dev/cluster-id", SweptDiscovery.CLUSTER,
            "acktask.dev/task-type", "cluster_upgrade"),
        created.getMetadata().getLabels());
    assertEquals(
        Map.of(
            "argocd.argoproj.io/compare-options", "IgnoreExtraneous",
            "argocd.argoproj.io/sync-options", "Prune=false"),
        created.getMetadata().getAnnotations());
    assertTrue(created.getMetadata().getOwnerReferences().isEmpty());
  }

  @Test
  void shouldUseTheTemplateAndOwnTheObject() {
    // given
    SweptDiscovery owning =
        new SweptDiscovery(
            DiscoverySpec.builder()
                .deletionPolicy(DiscoverySpec.DELETE)
                .template(
                    new Template(
                        new Metadata(Map.of("team", "shop"), Map.of("note", "x")),
                        new TaskSpec("1m", "2h", 900L, List.of("Outputs"), "StateOnly"))));

    // when
    owning.sweep(task("T-1"));

    // then
    AckTask created = owning.get("t-1");
    assertEquals("shop", created.getMetadata().getLabels().get("team"));
    assertEquals("x", created.getMetadata().getAnnotations().get("note"));
    assertEquals("uid", created.getMetadata().getOwnerReferences().getFirst().getUid());
    assertEquals("2h", created.getSpec().deadline());
    assertEquals(900, created.getSpec().ttlSecondsAfterFinished());
  }

  @Test
  void shouldCreateFailedTasksOfTheLastDay() {
    discovery.sweep(task("T-1").state("failed").age(Duration.ofHours(9)));

    assertEquals(List.of("t-1"), discovery.present());
  }

  @Test
  void shouldSkipATaskThatHasAnAckTaskInAnyNamespace() {
    discovery.tasks.add(ackTask("other", "by-hand", "T-1", EU));

    discovery.sweep(task("T-1"), task("T-2"));

    assertEquals(List.of("T-2"), discovery.tasks.created);
  }

  @Test
  void shouldNotCreateATaskWhoseAckTaskOfOthersWasDeletedByHand() {
    discovery.tasks.add(ackTask("shop", "by-hand", "T-1", EU));
    discovery.sweep(task("T-1"));

    discovery.tasks.deleteByHand("by-hand");
    discovery.sweep(task("T-1"));

    assertEquals(List.of(), discovery.present());
  }

  @Test
  void shouldAddAHashToANameThatAnotherConnectionHas() {
    discovery.tasks.add(ackTask("shop", "t-1", "T-1", new ConnectionRef("AckConnection", "eu")));

    discovery.sweep(task("T-1"));

    assertEquals(2, discovery.present().size());
    assertTrue(discovery.present().getLast().matches("t-1-[0-9a-f]{10}"));
  }

  @Test
  void shouldTakeAnExistingAckTaskThatIsNotInTheCacheYet() {
    discovery.tasks.server.put("shop/t-1", ackTask("shop", "t-1", "T-1", EU));

    discovery.sweep(task("T-1"));

    assertEquals(List.of("t-1"), discovery.present());
    assertEquals(List.of(), discovery.tasks.created);
  }

  @Test
  void shouldNotCreateADeletedAckTaskAgainAfterARestart() {
    discovery.sweep(task("T-1"));

    discovery.tasks.deleteByHand("t-1");
    discovery.sweep(task("T-1"));
    discovery.restart(discovery.status());
    discovery.sweep(task("T-1"));

    assertEquals(List.of("T-1"), discovery.tasks.created);
  }

  @Test
  void shouldCreateNothingBeyondTheLimitAndSaySo() {
    SweptDiscovery limited = new SweptDiscovery(DiscoverySpec.builder().limit(2));

    limited.sweep(
        task("T-1").age(Duration.ofHours(3)),
        task("T-2").age(Duration.ofHours(2)),
        task("T-3").age(Duration.ofHours(1)));

    assertEquals(List.of("t-2", "t-3"), limited.present());
    assertEquals(1, limited.findings().numbers().waiting());
    assertEquals(2, limited.findings().numbers().present());
  }

  @Test
  void shouldStayLimitedWhenASweepFails() {
    SweptDiscovery limited = new SweptDiscovery(DiscoverySpec.builder().limit(1));
    limited.sweep(task("T-1"), task("T-2"));

    limited.failSweep();

    assertEquals(1, limited.findings().numbers().waiting());
    assertEquals(1, limited.findings().failures().size());
  }

  @Test
  void shouldCreateWhatWaitedOnceThereIsRoom() {
    // given
    SweptDiscovery limited = new SweptDiscovery(DiscoverySpec.builder().limit(1));
    ListedTasks old = task("T-1").age(Duration.ofHours(3));
    ListedTasks young = task("T-2").age(Duration.ofHours(2));
    limited.sweep(old, young);
    assertEquals(1, limited.findings().numbers().waiting());

    // when
    limited.tasks.deleteByHand("t-2");
    limited.sweep(old, young);

    // then
    assertEquals(List.of("T-2", "T-1"), limited.tasks.created);
    assertEquals(0, limited.findings().numbers().waiting());
  }

  @Test
  void shouldMakeRoomForAFailureWithTheOldestSuccess() {
    // given
    SweptDiscovery limited = new SweptDiscovery(DiscoverySpec.builder().limit(2));
    limited.sweep(task("T-1"), task("T-2"));
    settle(limited, "t-1", AckTasks.succeeded());
    settle(limited, "t-2", AckTasks.failed());

    // when
    limited.sweep(task("T-3").state("failed"), task("T-4").state("failed"));

    // then
    assertEquals(List.of("t-2", "t-3"), limited.present());
    assertEquals(1, limited.findings().numbers().waiting());
  }

  @Test
  void shouldMakeNoRoomForASuccess() {
    SweptDiscovery limited = new SweptDiscovery(DiscoverySpec.builder().limit(1));
    limited.sweep(task("T-1"));
    settle(limited, "t-1", AckTasks.succeeded());

    limited.sweep(task("T-2").state("success"));

    assertEquals(List.of("t-1"), limited.present());
  }

  @ParameterizedTest
  @EnumSource(
      value = DiscoveryReason.class,
      names = {"CREATION_FORBIDDEN", "QUOTA_EXCEEDED", "NAMESPACE_TERMINATING", "CREATION_REFUSED"})
  void shouldTryAgainWhatWasRefused(DiscoveryReason reason) {
    // given
    ListedTasks old = task("T-1").age(Duration.ofHours(3));
    discovery.tasks.refusal = reason;
    discovery.tasks.successes = 1;

    // when
    discovery.sweep(old, task("T-2"));

    // then
    assertEquals(List.of("t-2"), discovery.present());
    assertEquals(
        List.of(reason.apiName()),
        discovery.findings().failures().stream().map(Failure::reason).toList());

    // when
    discovery.tasks.refusal = null;
    discovery.restart(discovery.status());
    discovery.sweep(old, task("T-2"));

    // then
    assertEquals(List.of("t-1", "t-2"), discovery.present());
    assertEquals(List.of(), discovery.findings().failures());
  }

  @Test
  void shouldOnlyCountInTheModeReportOnly() {
    SweptDiscovery reporting =
        new SweptDiscovery(DiscoverySpec.builder().mode(DiscoverySpec.REPORT_ONLY));

    reporting.sweep(task("T-1").state("failed"), task("T-2"));

    assertEquals(List.of(), reporting.present());
    assertEquals(2, reporting.findings().numbers().skipped());
    assertEquals(List.of(), reporting.status().watermarks());
  }

  @Test
  void shouldLabelATaskThatMaintenanceStarted() {
    ListedTasks task = task("T-1");
    discovery.plan(task.build());

    discovery.sweep(task);

    assertEquals("maintenance", label("t-1"));
    assertEquals(List.of("StartedByMaintenance"), discovery.events);
  }

  @Test
  void shouldLabelATaskOnceItsPlanIsKnown() {
    // given
    ListedTasks task = task("T-1");
    discovery.sweep(task);
    assertNull(label("t-1"));

    // when
    discovery.plan(task.build());
    discovery.sweep(task);
    discovery.sweep(task);

    // then
    assertEquals("maintenance", label("t-1"));
    assertEquals(List.of("StartedByMaintenance"), discovery.events);
  }

  @Test
  void shouldHandleTenThousandTasks() {
    List<ListedTasks> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      many.add(task("T-" + i).state("success").age(Duration.ofSeconds(i)));
    }

    discovery.sweep(many.stream().map(ListedTasks::build).toList(), true);

    assertEquals(200, discovery.present().size());
    assertEquals(9_800, discovery.findings().numbers().skipped());
    assertFalse(discovery.findings().numbers().waiting() == 0);
  }

  @Test
  void shouldReportTheOldestTaskThatWaitedTooLong() {
    // given
    SweptDiscovery limited = new SweptDiscovery(DiscoverySpec.builder().limit(1_500));
    ListedTasks old = task("T-old").state("success").age(Duration.ofHours(23));
    sweepWith(limited, old, "T-a");
    assertEquals(0, limited.findings().numbers().givenUp());
    limited.present().forEach(limited.tasks::deleteByHand);

    // when
    sweepWith(limited, old, "T-b");

    // then
    assertEquals(1, limited.findings().numbers().givenUp());
    assertFalse(limited.tasks.created.contains("T-old"));
  }

  /** A list of 1,500 new tasks and an old one. */
  private static void sweepWith(SweptDiscovery discovery, ListedTasks old, String prefix) {
    List<ListedTask> listed = new ArrayList<>(List.of(old.build()));
    for (int i = 0; i < 1_500; i++) {
      listed.add(task(prefix + i).age(Duration.ofSeconds(i)).build());
    }
    discovery.sweep(listed, true);
  }

  private String label(String name) {
    return discovery.get(name).getMetadata().getLabels().get("acktask.dev/started-by");
  }

  /** Gives the object a status of long ago. */
  private static void settle(SweptDiscovery discovery, String name, AckTasks.Builder outcome) {
    AckTask task = discovery.get(name);
    task.setStatus(outcome.build().getStatus().toBuilder().taskId(task.getSpec().taskId()).build());
    discovery.tasks.deliver();
  }

  private static AckTask ackTask(String namespace, String name, String taskId, ConnectionRef ref) {
    AckTask task = new AckTask();
    task.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName(name).withUid(name).build());
    task.setSpec(AckTaskSpec.builder().taskId(taskId).connectionRef(ref).build());
    return task;
  }
}
