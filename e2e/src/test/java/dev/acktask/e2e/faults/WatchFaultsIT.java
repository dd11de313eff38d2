package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.interruption.FaultProxy;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.Rig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Catalogue F72, F74, F77 and F92: what a watch can do to an operator whose other requests are all
 * well. The proxy in between touches the watch only.
 */
@OnControlPlane
class WatchFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** A watchdog that looks often, and so gives up on a watch after ten seconds. */
  private static final Map<String, String> WATCHFUL = Map.of("ACKTASK_LIVENESS_INTERVAL", "5s");

  private static final Duration TWICE_ITS_PATIENCE = Duration.ofSeconds(20);

  private final ControlPlane controlPlane;
  private final WatchValve valve = new WatchValve();
  private final FaultProxy proxy;

  WatchFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.proxy =
        FaultProxy.tls(
            controlPlane.server(),
            controlPlane.authority().issueServer("watch-proxy-" + System.nanoTime()).serving(),
            controlPlane.authority().trusting(),
            valve);
  }

  @AfterEach
  void end() {
    proxy.close();
  }

  @Test
  void f92ShouldEndAndSeeTheNewObjectAfterARestartWhenTheWatchIsOpenAndSilent() {
    try (Rig rig = follow("silent")) {
      // given
      valve.shut();
      rig.cloud().answers("T-new", Answers.success("T-new"));
      rig.tasks().create("new", "T-new");

      // when
      int code = rig.operator().awaitExit(RECOVERY);
      String lastWords = rig.operator().output();
      valve.open();
      rig.operator().start();
      rig.recorder().calm();

      // then
      assertEquals(1, code);
      assertTrue(lastWords.contains("the watch is dead"), lastWords);
      assertTrue(lastWords.contains("the watch of AckTasks does not deliver changes"), lastWords);
      awaitPhase(rig, "new", "Succeeded");
    }
  }

  @Test
  void f92ShouldEndAndStartAgainWhenTheFirstWatchIsNotAnswered() {
    valve.hold();
    try (Rig rig = Rig.prepare(controlPlane, "unanswered")) {
      // given
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
      rig.cloud().answers("T-1", Answers.success("T-1"));
      rig.tasks().create("task", "T-1");
      replica(rig).launch();

      // when
      int code = rig.operator().awaitExit(RECOVERY);
      String lastWords = rig.operator().output();
      valve.answer();
      rig.operator().start();
      rig.recorder().calm();

      // then
      assertEquals(1, code);
      assertTrue(lastWords.contains("the watch of AckTasks is not answered"), lastWords);
      awaitPhase(rig, "task", "Succeeded");
    }
  }

  @Test
  void f92ShouldLiveOnWhenTheWatchIsClosedEveryTwoSeconds() {
    try (Rig rig = follow("closed")) {
      // when
      int[] objects = {0};
      long began = System.nanoTime();
      await()
          .pollInterval(Duration.ofSeconds(2))
          .atMost(RECOVERY)
          .until(
              () -> {
                proxy.cut(call -> call.isWatch());
                String name = "new-" + objects[0]++;
                rig.cloud().answers("T-" + name, Answers.success("T-" + name));
                rig.tasks().create(name, "T-" + name);
                return System.nanoTime() - began > TWICE_ITS_PATIENCE.toNanos();
              });
      rig.recorder().calm();

      // then
      assertTrue(valve.watches() > 5, () -> valve.watches() + " watches");
      for (int i = 0; i < objects[0]; i++) {
        awaitPhase(rig, "new-" + i, "Succeeded");
      }
      assertTrue(rig.operator().isAlive(), () -> rig.operator().output());
    }
  }

  @Test
  void f74ShouldSeeTheNewObjectWhenEveryWatchIsClosedBeforeItDelivers() {
    try (Rig rig = follow("mute")) {
      // given
      valve.shut();
      int watches = valve.watches();
      rig.cloud().answers("T-new", Answers.success("T-new"));
      rig.tasks().create("new", "T-new");

      // when
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(RECOVERY)
          .until(
              () -> {
                proxy.cut(call -> call.isWatch());
                if (!rig.operator().isAlive()) {
                  rig.operator().launch();
                }
                return "Succeeded".equals(phase(rig, "new"));
              });
      valve.open();
      rig.recorder().calm();

      // then
      assertTrue(valve.watches() > watches);
    }
  }

  @Test
  void f77ShouldFollowTheLastEditWhenTheEventsOfSeveralComeAtOnceAndLate() {
    try (Rig rig = follow("aba")) {
      // given
      valve.shut();
      rig.tasks().patchSpec("task", Map.of("suspend", true));
      rig.tasks().patchSpec("task", Map.of("suspend", false));
      rig.tasks().patchSpec("task", Map.of("pollInterval", "2s"));
      rig.tasks().patchSpec("task", Map.of("pollInterval", "1s"));
      rig.cloud().answers("T-old", Answers.success("T-old"));
      rig.tasks().create("other", "T-old");
      rig.tasks().delete("other");
      rig.cloud().answers("T-other", Answers.running("T-other"));
      rig.tasks().create("other", "T-other");

      // when
      valve.open();
      rig.recorder().calm();

      // then
      awaitPhase(rig, "other", "Running");
      assertEquals("T-other", rig.tasks().get("other").get("status", "taskId"));
      await()
          .atMost(SOON)
          .until(
              () ->
                  rig.tasks()
                      .get("task")
                      .getMetadata()
                      .getGeneration()
                      .equals(generation(rig.tasks().get("task").get("status"))));
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(rig, "task", "Failed");
    }
  }

  private Rig follow(String prefix) {
    Rig rig = Rig.prepare(controlPlane, prefix);
    rig.recorder()
        .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
    replica(rig).start();
    rig.cloud().answers("T-1", Answers.running("T-1"));
    rig.tasks().create("task", "T-1");
    awaitPhase(rig, "task", "Running");
    return rig;
  }

  private OperatorProcess replica(Rig rig) {
    return rig.replica(
        "operator",
        controlPlane.kubeconfigFor(Rig.OPERATOR_NAMESPACE, Rig.OPERATOR_ACCOUNT, proxy.endpoint()),
        WATCHFUL);
  }

  private static Long generation(Map<String, Object> status) {
    return ((Number) status.get("observedGeneration")).longValue();
  }

  private static String phase(Rig rig, String name) {
    return rig.tasks().get(name).get("status", "phase");
  }

  private static void awaitPhase(Rig rig, String name, String phase) {
    await().atMost(SOON).until(() -> phase.equals(phase(rig, name)));
  }
}
