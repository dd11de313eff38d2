package dev.acktask.e2e.shards;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.shards.Shards.Shard;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two operators over one control plane, each with a selector and a Lease. */
@OnControlPlane
class ShardsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final ControlPlane controlPlane;

  ShardsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldPollEachTaskInExactlyOneShard() {
    try (Shards shards = Shards.start(controlPlane, "shards")) {
      // given
      OperatorFixture fixture = shards.fixture();
      for (String task : List.of("T-a", "T-b", "T-none")) {
        fixture.cloud().answers(task, Answers.running(task));
      }

      // when
      fixture.tasks().create("in-a", "T-a", Map.of(Shards.LABEL, "a"));
      fixture.tasks().create("in-b", "T-b", Map.of(Shards.LABEL, "b"));
      fixture.tasks().create("without", "T-none");
      awaitPolls(shards, Shard.A, "T-a", 8);
      awaitPolls(shards, Shard.REST, "T-b", 8);
      awaitPolls(shards, Shard.REST, "T-none", 8);

      // then
      assertEquals(0, shards.polls(Shard.REST, "T-a"));
      assertEquals(0, shards.polls(Shard.A, "T-b"));
      assertEquals(0, shards.polls(Shard.A, "T-none"));
      for (Shard shard : Shard.values()) {
        assertEquals(shard.name(), shards.holder(shard));
      }
    }
  }

  /** A comparison without the selector would find missing objects, and the process would exit. */
  @Test
  void shouldCompareOnlyTheObjectsOfTheShardWithTheCache() {
    try (Shards shards = Shards.start(controlPlane, "compared")) {
      // given
      OperatorFixture fixture = shards.fixture();
      fixture.cloud().answers("T-a", Answers.running("T-a"));
      fixture.cloud().answers("T-b", Answers.running("T-b"));
      fixture.tasks().create("in-a", "T-a", Map.of(Shards.LABEL, "a"));
      fixture.tasks().create("in-b", "T-b", Map.of(Shards.LABEL, "b"));

      // when: each interval has a list, and two intervals end a process whose cache differs
      for (Shard shard : Shard.values()) {
        await().atMost(SOON).until(() -> shards.lists(shard).size() >= 6);
      }

      // then
      for (Shard shard : Shard.values()) {
        OperatorProcess operator = shards.operator(shard);
        assertTrue(operator.isAlive(), operator::output);
        assertTrue(
            shards.lists(shard).stream().allMatch(uri -> uri.contains("labelSelector=")),
            () -> shards.lists(shard).toString());
      }
    }
  }

  @Test
  void shouldMoveThePollsAndKeepTheStatusWhenTheLabelChanges() {
    try (Shards shards = Shards.start(controlPlane, "moved")) {
      // given
      AckTasks tasks = shards.fixture().tasks();
      shards.fixture().cloud().answers("T-1", Answers.running("T-1"));
      tasks.create("task", "T-1");
      awaitPolls(shards, Shard.REST, "T-1", 2);

      // when
      tasks.label("task", Shards.LABEL, "a");
      awaitPolls(shards, Shard.A, "T-1", 1);
      long before = shards.polls(Shard.REST, "T-1");
      awaitPolls(shards, Shard.A, "T-1", 5);

      // then: its watch may have been later than the other one, by less than an interval
      assertTrue(shards.polls(Shard.REST, "T-1") <= before + 1, "polled by both shards");

      // when
      shards.fixture().cloud().answers("T-1", Answers.failed("T-1", "Broken", "It broke."));
      tasks.awaitPhase("task", "Failed", SOON);
      int polls = shards.fixture().cloud().callCount("T-1");
      GenericKubernetesResource finished = tasks.label("task", Shards.LABEL, "b");
      awaitPollsOfANewTask(shards, Shard.REST);

      // then
      assertEquals(polls, shards.fixture().cloud().callCount("T-1"));
      assertEquals(
          finished.getMetadata().getResourceVersion(),
          tasks.get("task").getMetadata().getResourceVersion(),
          "the new shard has written the finished object");
      assertEquals(1, reports(shards, "TaskFailed"), "reported by both shards");
      for (Shard shard : Shard.values()) {
        assertTrue(shards.operator(shard).isAlive(), shards.operator(shard)::output);
      }
    }
  }

  @Test
  void shouldLeaveAnObjectThatNoSelectorMatchesUntouched() {
    try (OperatorFixture fixture =
        OperatorFixture.prepare(
            controlPlane,
            "unselected",
            Map.of("ACKTASK_WATCH_LABEL_SELECTOR", "!" + Shards.LABEL))) {
      // given
      fixture.cloud().answers("T-typo", Answers.running("T-typo"));
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      GenericKubernetesResource created =
          fixture.tasks().create("misspelt", "T-typo", Map.of(Shards.LABEL, "aa"));

      // when
      OperatorProcess operator = fixture.replica("operator").start();
      fixture.tasks().create("task", "T-1");
      fixture.tasks().awaitPhase("task", "Running", SOON);

      // then
      assertEquals(created, fixture.tasks().get("misspelt"));
      assertEquals(0, fixture.cloud().callCount("T-typo"));
      assertTrue(operator.output().contains("labelSelector=\"!acktask.dev/shard\""));
      assertEquals(
          "acktask.acktask.dev/misspelt",
          fixture.kubectl("get", "acktasks", "-l", Shards.LABEL, "-o", "name").orThrow().strip());
    }
  }

  private static void awaitPolls(Shards shards, Shard shard, String taskId, int count) {
    await()
        .atMost(SOON)
        .failFast(() -> !shards.operator(shard).isAlive())
        .until(() -> shards.polls(shard, taskId) >= count);
  }

  /** The watch delivers in order: all earlier changes were delivered before. */
  private static void awaitPollsOfANewTask(Shards shards, Shard shard) {
    shards.fixture().cloud().answers("T-later", Answers.running("T-later"));
    shards.fixture().tasks().create("later", "T-later");
    awaitPolls(shards, shard, "T-later", 3);
  }

  private static long reports(Shards shards, String reason) {
    String reasons =
        shards
            .fixture()
            .kubectl(
                "get",
                "events.events.k8s.io",
                "-o",
                "jsonpath={range .items[*]}{.reason}{\"\\n\"}{end}")
            .orThrow();
    return reasons.lines().filter(reason::equals).count();
  }
}
