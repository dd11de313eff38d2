package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.faultinjection.FaultProxy;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Catalogue F72, F74, F77 and F92: faults of the watch while all other requests work. The proxy in
 * between changes only the watch.
 */
@OnControlPlane
class WatchFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /** A watchdog with a short interval, which gives up on a watch after ten seconds. */
  private static final Map<String, String> WATCHFUL = Map.of("ACKTASK_LIVENESS_INTERVAL", "5s");

  private static final Duration TWICE_ITS_TIMEOUT = Duration.ofSeconds(20);

  private final ControlPlane controlPlane;
  private final WatchValve valve = new WatchValve();
  private final FaultProxy proxy;

  WatchFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    this.proxy = FaultProxy.of(controlPlane, valve);
  }

  @AfterEach
  void end() {
    proxy.close();
  }

  @Test
  @Tag("F92")
  void shouldExitAndMirrorTheNewObjectAfterARestartWhenTheWatchIsSilent() {
    try (OperatorFixture fixture = follow("silent")) {
      // given
      valve.shut();
      fixture.cloud().answers("T-new", Answers.success("T-new"));
      fixture.tasks().create("new", "T-new");

      // when
      int code = fixture.operator().awaitExit(RECOVERY);
      String lastWords = fixture.operator().output();
      valve.open();
      fixture.operator().start();
      fixture.recorder().calm();

      // then
      assertEquals(1, code);
      assertTrue(lastWords.contains("the watch is dead"), lastWords);
      assertTrue(lastWords.contains("a watch does not deliver changes"), lastWords);
      awaitPhase(fixture, "new", "Succeeded");
    }
  }

  @Test
  @Tag("F92")
  void shouldEndAndStartAgainWhenTheFirstWatchIsNotAnswered() {
    valve.hold();
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "unanswered")) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withReaction(RECOVERY)
                  .withExtra(3));
      fixture.cloud().answers("T-1", Answers.success("T-1"));
      fixture.tasks().create("task", "T-1");
      replica(fixture).launch();

      // when
      int code = fixture.operator().awaitExit(RECOVERY);
      String lastWords = fixture.operator().output();
      valve.answer();
      fixture.operator().start();
      fixture.recorder().calm();

      // then
      assertEquals(1, code);
      assertTrue(lastWords.contains("the watch of AckTasks is not answered"), lastWords);
      awaitPhase(fixture, "task", "Succeeded");
    }
  }

  @Test
  @Tag("F92")
  void shouldStayAliveWhenTheWatchIsClosedEveryTwoSeconds() {
    try (OperatorFixture fixture = follow("closed")) {
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
                fixture.cloud().answers("T-" + name, Answers.success("T-" + name));
                fixture.tasks().create(name, "T-" + name);
                boolean isOver = System.nanoTime() - began > TWICE_ITS_TIMEOUT.toNanos();
                return isOver && valve.watches() > 5;
              });
      fixture.recorder().calm();

      // then
      for (int i = 0; i < objects[0]; i++) {
        awaitPhase(fixture, "new-" + i, "Succeeded");
      }
      assertTrue(fixture.operator().isAlive(), () -> fixture.operator().output());
    }
  }

  @Test
  @Tag("F74")
  void shouldMirrorTheNewObjectWhenEveryWatchIsClosedBeforeItDelivers() {
    try (OperatorFixture fixture = follow("mute")) {
      // given
      valve.shut();
      int watches = valve.watches();
      fixture.cloud().answers("T-new", Answers.success("T-new"));
      fixture.tasks().create("new", "T-new");

      // when
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(RECOVERY)
          .until(
              () -> {
                proxy.cut(call -> call.isWatch());
                if (!fixture.operator().isAlive()) {
                  fixture.operator().launch();
                }
                return "Succeeded".equals(phase(fixture, "new"));
              });
      valve.open();
      fixture.recorder().calm();

      // then
      assertTrue(valve.watches() > watches);
    }
  }

  @Test
  @Tag("F77")
  void shouldFollowTheLastEditWhenTheEventsOfSeveralArriveLate() {
    try (OperatorFixture fixture = follow("aba")) {
      // given
      valve.shut();
      fixture.tasks().patchSpec("task", Map.of("suspend", true));
      fixture.tasks().patchSpec("task", Map.of("suspend", false));
      fixture.tasks().patchSpec("task", Map.of("pollInterval", "2s"));
      fixture.tasks().patchSpec("task", Map.of("pollInterval", "1s"));
      fixture.cloud().answers("T-old", Answers.success("T-old"));
      fixture.tasks().create("other", "T-old");
      fixture.tasks().delete("other");
      fixture.cloud().answers("T-other", Answers.running("T-other"));
      fixture.tasks().create("other", "T-other");

      // when
      valve.open();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "other", "Running");
      assertEquals("T-other", fixture.tasks().get("other").get("status", "taskId"));
      await()
          .atMost(SOON)
          .until(
              () ->
                  fixture
                      .tasks()
                      .get("task")
                      .getMetadata()
                      .getGeneration()
                      .equals(generation(fixture.tasks().get("task").get("status"))));
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(fixture, "task", "Failed");
    }
  }

  private OperatorFixture follow(String prefix) {
    OperatorFixture fixture = OperatorFixture.prepare(controlPlane, prefix);
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
    replica(fixture).start();
    fixture.cloud().answers("T-1", Answers.running("T-1"));
    fixture.tasks().create("task", "T-1");
    awaitPhase(fixture, "task", "Running");
    return fixture;
  }

  private OperatorProcess replica(OperatorFixture fixture) {
    return fixture.replica(
        "operator",
        controlPlane.kubeconfigFor(
            OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT, proxy.endpoint()),
        WATCHFUL);
  }

  private static Long generation(Map<String, Object> status) {
    return ((Number) status.get("observedGeneration")).longValue();
  }

  private static String phase(OperatorFixture fixture, String name) {
    return fixture.tasks().get(name).get("status", "phase");
  }

  private static void awaitPhase(OperatorFixture fixture, String name, String phase) {
    await().atMost(SOON).until(() -> phase.equals(phase(fixture, name)));
  }
}
