package dev.acktask.e2e.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.life.Ageing;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster with more tasks than the limit of its discovery. */
@OnControlPlane
class DiscoveryLimitIT {
  private static final String REGION = "cn-hangzhou";
  private static final String CLUSTER = ListedScripts.clusterId(1);

  private final ControlPlane controlPlane;

  @TempDir private Path folder;

  DiscoveryLimitIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldKeepWhatItHasWhenTenThousandTasksCome() {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "limit")) {
      // given
      List<Played> played = ListedScripts.playFive(discoveries.region(REGION), 1);
      discoveries.put("all", REGION, "clusters: {all: true}, limit: 50");
      discoveries.awaitTasks("all", "present", played.size());

      // when
      for (int number = 100; number < 10_100; number++) {
        Played task = new Played(ListedScripts.taskId(0x10_000 + number), CLUSTER, "Running");
        discoveries
            .region(REGION)
            .play(ListedScripts.script(task, "success", Duration.ofHours(1)), Instant.now());
      }
      discoveries.awaitTasks("all", "present", 50);
      await()
          .atMost(Discoveries.SOON)
          .until(() -> "True".equals(AckTasks.condition(discoveries.get("all"), "Limited")));
      discoveries.awaitLists(CLUSTER, 220);

      // then
      GenericKubernetesResource discovery = discoveries.get("all");
      String message = AckTasks.message(discovery, "Limited");
      assertEquals("LimitReached", AckTasks.reason(discovery, "Limited"));
      assertTrue(
          message.matches("\\d{3,5} tasks get no AckTask: 50 AckTasks .* spec.limit is 50\\..*"),
          message);
      List<String> names = discoveries.names();
      assertEquals(50, names.size());
      assertTrue(names.containsAll(played.stream().map(Played::objectName).toList()));
    }
  }

  @Test
  void shouldMakeRoomOnceTheTtlOfAFinishedObjectHasEnded() throws IOException {
    try (Discoveries discoveries = Discoveries.start(controlPlane, "room")) {
      // given
      discoveries
          .fixture()
          .recorder()
          .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(4));
      ListedScripts.playFive(discoveries.region(REGION), 1);
      discoveries.put(
          "all",
          REGION,
          "clusters: {all: true}, limit: 4, template: {spec: {ttlSecondsAfterFinished: 600}}");
      await()
          .atMost(Discoveries.SOON)
          .until(() -> "True".equals(AckTasks.condition(discoveries.get("all"), "Limited")));
      List<String> before = discoveries.names();
      String expiring = before.get(1);
      discoveries.tasks().awaitPhase(expiring, "Failed", Discoveries.SOON);

      // when
      discoveries.operator().kill();
      discoveries.tasks().patchSpec(expiring, Map.of("ttlSecondsAfterFinished", 3600));
      Ageing.byTwoHours(controlPlane, discoveries.tasks().namespace(), expiring, folder);
      discoveries.operator().start();
      discoveries.fixture().recorder().calm();

      // then
      await()
          .atMost(Discoveries.SOON)
          .until(
              () ->
                  discoveries.tasks().find(expiring).isEmpty() && discoveries.names().size() == 4);
      await()
          .atMost(Discoveries.SOON)
          .until(() -> "absent".equals(AckTasks.condition(discoveries.get("all"), "Limited")));
    }
  }
}
