package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.requestlog.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults of the object and its life. */
@OnControlPlane
class ObjectFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  ObjectFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F57")
  void shouldServeEachObjectWhenSeveralAskForOneTask() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "shared")) {
      // given
      fixture.cloud().answers("T-57", Answers.running("T-57"));
      for (String name : List.of("one", "two", "three")) {
        fixture.tasks().create(name, "T-57");
      }
      awaitPhases(fixture, "Running", 3);

      // when
      fixture.cloud().answers("T-57", Answers.failed("T-57", "X", "x"));

      // then
      awaitPhases(fixture, "Failed", 3);
    }
  }

  @Test
  @Tag("F59")
  void shouldNotPollWhenAForeignFinalizerHoldsTheObject() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "held")) {
      // given
      fixture.cloud().answers("T-59", Answers.running("T-59"));
      fixture.tasks().create("held", "T-59");
      fixture.tasks().awaitPhase("held", "Running", SOON);
      fixture.tasks().finalizers("held", List.of("example.com/hold"));

      // when
      fixture.tasks().delete("held");
      pollsOfAnother(fixture, 2);
      int calls = fixture.cloud().callCount("T-59");
      pollsOfAnother(fixture, 5);

      // then
      assertEquals(calls, fixture.cloud().callCount("T-59"));
      fixture.tasks().finalizers("held", List.of());
      await().atMost(SOON).until(() -> fixture.tasks().find("held").isEmpty());
    }
  }

  @Test
  @Tag("F63")
  void shouldKeepTheRateWhenManyObjectsAreCreatedAtOnce() {
    int objects = 500;
    int perMinute = 3_000;
    int burst = 20;
    Map<String, String> budget =
        Map.of("ACKTASK_REQUESTS_PER_MINUTE", "" + perMinute, "ACKTASK_REQUEST_BURST", "" + burst);
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "crowd", budget)) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withReaction(Duration.ofMinutes(1)));
      for (int i = 0; i < objects; i++) {
        fixture.cloud().answers("T-" + i, Answers.success("T-" + i));
        fixture.tasks().create("task-" + i, "T-" + i);
      }

      // when
      fixture.replica("operator").start();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> fixture.tasks().namesWhere("status.phase", "Succeeded").size() == objects);

      // then
      List<Instant> calls =
          fixture.cloud().served().stream().map(RequestRecord::time).sorted().toList();
      assertEquals(objects, calls.size());
      int first = 5 * burst; // those before arrive late, because the client is cold
      for (int i = first + burst; i < calls.size(); i += burst) {
        double seconds = Duration.between(calls.get(first), calls.get(i)).toMillis() / 1_000.0;
        double most = burst + 1 + (seconds + 0.1) * perMinute / 60;
        int made = i + 1 - first;
        assertTrue(made <= most, () -> made + " calls in " + seconds + " s");
      }
    }
  }

  @Test
  @Tag("F64")
  void shouldNotPollMoreWhenLabelsAreEditedInALoop() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "labels")) {
      // given
      fixture.cloud().answers("T-64", Answers.running("T-64"));
      fixture.tasks().create("task", Map.of("taskId", "T-64", "pollInterval", "1h"));
      fixture.tasks().awaitPhase("task", "Running", SOON);

      // when
      for (int i = 0; i < 300; i++) {
        fixture.tasks().label("task", "edit", "e" + i);
      }
      pollsOfAnother(fixture, 3);

      // then
      assertEquals(1, fixture.cloud().callCount("T-64"));
    }
  }

  @Test
  @Tag("F67")
  void shouldNotWriteInTurnsWhenTwoReplicasFollowOneObject() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "two")) {
      // given
      fixture.recorder().expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(30));
      fixture.replica("second").start();
      fixture.cloud().answers("T-67", Answers.running("T-67"));
      fixture.tasks().create("task", "T-67");
      fixture.tasks().awaitPhase("task", "Running", SOON);
      awaitCalls(fixture, "T-67", 4);
      String version = version(fixture, "task");

      // when
      awaitCalls(fixture, "T-67", 16);

      // then
      assertEquals(version, version(fixture, "task"));
      fixture.cloud().answers("T-67", Answers.failed("T-67", "X", "x"));
      fixture.tasks().awaitPhase("task", "Failed", SOON);
      String last = version(fixture, "task");
      pollsOfAnother(fixture, 4);
      assertEquals(last, version(fixture, "task"));
    }
  }

  /** Waits for the time of {@code polls} polls, by polls of another task. */
  private static void pollsOfAnother(OperatorFixture fixture, int polls) {
    String taskId = "T-clock-" + System.nanoTime();
    fixture.cloud().answers(taskId, Answers.running(taskId));
    String name = taskId.toLowerCase(Locale.ROOT);
    fixture.tasks().create(name, taskId);
    awaitCalls(fixture, taskId, polls);
    fixture.tasks().delete(name);
  }

  private static void awaitCalls(OperatorFixture fixture, String taskId, int calls) {
    await().atMost(SOON).until(() -> fixture.cloud().callCount(taskId) >= calls);
  }

  private static String version(OperatorFixture fixture, String name) {
    return fixture.tasks().get(name).getMetadata().getResourceVersion();
  }

  private static void awaitPhases(OperatorFixture fixture, String phase, int objects) {
    await()
        .atMost(SOON)
        .until(() -> fixture.tasks().namesWhere("status.phase", phase).size() == objects);
  }
}
