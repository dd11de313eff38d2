package dev.acktask.e2e.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Nothing that deletes, stops or renames makes a discovery create a second AckTask for a task. The
 * history of each test is checked for that as well.
 */
@OnControlPlane
class DiscoveredOnceIT {
  private static final String REGION = "cn-hangzhou";
  private static final String ALL = "clusters: {all: true}";
  private static final int CLUSTERS = 4;

  private final ControlPlane controlPlane;

  DiscoveredOnceIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldNotCreateAgainWhatWasDeletedByHand() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "deleted-by-hand")) {
      // given
      List<String> all = names(play(discoveries));
      discoveries.put("all", REGION, ALL);
      discoveries.awaitTasks("all", "present", all.size());

      // when
      List<String> deleted = List.of(all.get(0), all.get(2), all.get(3), all.get(6));
      deleted.forEach(discoveries.tasks()::delete);
      discoveries.awaitLists(ListedScripts.clusterId(1), 2);
      discoveries.awaitLists(ListedScripts.clusterId(2), 2);

      // then
      List<String> kept = new ArrayList<>(all);
      kept.removeAll(deleted);
      assertEquals(kept, discoveries.names());
      discoveries.awaitTasks("all", "created", all.size());
    }
  }

  @Test
  void shouldCreateOnlyTheRestWhenKilledWhileItCreates() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "killed")) {
      // given
      discoveries
          .fixture()
          .recorder()
          .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(4));
      List<String> all = names(play(discoveries));
      discoveries.put("all", REGION, ALL);
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Discoveries.SOON)
          .until(() -> !discoveries.names().isEmpty());

      // when
      discoveries.operator().kill();
      discoveries.operator().start();
      discoveries.fixture().recorder().calm();

      // then
      await().atMost(Discoveries.SOON).until(() -> discoveries.names().size() >= all.size());
      discoveries.awaitLists(ListedScripts.clusterId(1), 2);
      assertEquals(all, discoveries.names());
    }
  }

  @Test
  void shouldCreateNothingWhenTheDiscoveryIsRenamed() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "renamed")) {
      // given
      List<String> all = names(play(discoveries));
      discoveries.put("before", REGION, ALL);
      discoveries.awaitTasks("before", "present", all.size());

      // when
      discoveries.delete("before");
      discoveries.put("after", REGION, ALL);
      discoveries.awaitTasks("after", "skipped", all.size());
      discoveries.awaitLists(ListedScripts.clusterId(1), 2);

      // then
      assertEquals(all, discoveries.names());
      assertEquals(Integer.valueOf(0), discoveries.get("after").get("status", "tasks", "created"));
      assertEquals(
          "before",
          discoveries
              .tasks()
              .get(all.get(0))
              .getMetadata()
              .getLabels()
              .get("acktask.dev/discovered-by"));
    }
  }

  @Test
  void shouldCreateNothingTwiceWhenAnotherReplicaTakesOver() {
    OperatorFixture.lease(controlPlane).delete();
    try (Discoveries discoveries =
        Discoveries.prepare(controlPlane, "failover", Map.of("ACKTASK_LEADER_ELECTION", "true"))) {
      // given
      discoveries
          .fixture()
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withExtra(4)
                  .withReaction(Duration.ofSeconds(40)));
      OperatorProcess leader = discoveries.replica("leader").start();
      OperatorProcess standby = discoveries.replica("standby").launch();
      await()
          .atMost(Discoveries.SOON)
          .until(() -> standby.output().contains("Waiting for the lease"));
      List<String> all = names(play(discoveries));
      discoveries.put("all", REGION, ALL);
      discoveries.awaitTasks("all", "present", all.size());
      discoveries.tasks().delete(all.get(2));

      // when
      leader.kill();
      await()
          .atMost(Discoveries.SOON)
          .until(() -> standby.output().contains(OperatorProcess.READY));
      discoveries.fixture().recorder().calm();
      List<String> more = names(ListedScripts.playFive(discoveries.region(REGION), CLUSTERS + 1));

      // then
      await().atMost(Discoveries.SOON).until(() -> discoveries.names().containsAll(more));
      discoveries.awaitLists(ListedScripts.clusterId(1), 2);
      assertEquals(all.size() - 1 + more.size(), discoveries.names().size());
      assertFalse(discoveries.names().contains(all.get(2)));
    }
  }

  private static List<Played> play(Discoveries discoveries) {
    List<Played> played = new ArrayList<>();
    for (int cluster = 1; cluster <= CLUSTERS; cluster++) {
      played.addAll(ListedScripts.playFive(discoveries.region(REGION), cluster));
    }
    return played;
  }

  private static List<String> names(List<Played> played) {
    return played.stream().map(Played::objectName).sorted().toList();
  }
}
