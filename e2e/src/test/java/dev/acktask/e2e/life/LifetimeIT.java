package dev.acktask.e2e.life;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User settings of an object: suspend, deadline, TTL, refresh. */
@OnControlPlane
class LifetimeIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String GENERATION = "observedGeneration";

  private static OperatorFixture fixture;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture = OperatorFixture.start(controlPlane, "lifetime");
    // Each refresh and each restart polls a finished task once more.
    fixture.recorder().expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(4));
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  @Tag("F66")
  void shouldMakeNoCallWhileSuspendedAndFindTheFailureAfterwards() {
    // given
    fixture.cloud().answers("T-suspended", Answers.running("T-suspended"));
    fixture.tasks().create("suspended", "T-suspended");
    awaitPhase("suspended", "Running");

    // when
    fixture.tasks().patchSpec("suspended", Map.of("suspend", true));
    await().atMost(SOON).until(() -> "Suspended".equals(status("suspended", "reason")));
    int calls = fixture.cloud().callCount("T-suspended");
    fixture.cloud().answers("T-suspended", Answers.failed("T-suspended", "X", "x"));
    passSomePolls("T-clock-1");

    // then
    assertEquals(calls, fixture.cloud().callCount("T-suspended"));
    assertEquals("Running", status("suspended", "phase"));
    assertNotEquals("True", AckTasks.condition(fixture.tasks().get("suspended"), "Ready"));
    fixture.tasks().patchSpec("suspended", Map.of("suspend", false));
    awaitPhase("suspended", "Failed");
  }

  @Test
  void shouldReportATaskAsOverdueWhenItsDeadlineHasPassed() {
    // given
    fixture.cloud().answers("T-late", Answers.running("T-late"));

    // when
    fixture.tasks().create("late", Map.of("taskId", "T-late", "deadline", "1s"));

    // then
    CommandResult overdue =
        fixture.kubectl("wait", "acktask/late", "--for=condition=Overdue", "--timeout=30s");
    assertEquals(0, overdue.exitCode(), overdue::toString);
    GenericKubernetesResource object = fixture.tasks().get("late");
    assertEquals("True", AckTasks.condition(object, "Reconciling"));
    assertEquals("absent", AckTasks.condition(object, "Stalled"));
    fixture.cloud().answers("T-late", Answers.success("T-late"));
    awaitPhase("late", "Succeeded");
    assertEquals("absent", AckTasks.condition(fixture.tasks().get("late"), "Overdue"));
  }

  @Test
  void shouldPollOnceAndKeepTheVerdictWhenAFinishedTaskIsRefreshed() {
    // given
    fixture.cloud().answers("T-fresh", Answers.success("T-fresh"));
    fixture.tasks().create("fresh", "T-fresh");
    awaitPhase("fresh", "Succeeded");
    int calls = fixture.cloud().callCount("T-fresh");
    fixture.cloud().answers("T-fresh", Answers.failed("T-fresh", "X", "x"));

    // when
    fixture.tasks().requestRefresh("fresh", "first");
    await().atMost(SOON).until(() -> "first".equals(status("fresh", "lastHandledRefreshAt")));
    passSomePolls("T-clock-2");

    // then
    assertEquals(calls + 1, fixture.cloud().callCount("T-fresh"));
    assertEquals("Succeeded", status("fresh", "phase"));
    await().atMost(SOON).until(() -> describe("fresh").contains("VerdictContradicted"));
  }

  /**
   * The operator keeps only the verdict of a finished task in memory; a write must not lose more.
   */
  @Test
  void shouldLoseNoDetailWhenAFinishedObjectIsEdited() {
    // given
    fixture.cloud().answers("T-detailed", Answers.failed("T-detailed", "X", "x"));
    fixture.tasks().create("detailed", "T-detailed");
    awaitPhase("detailed", "Failed");
    Map<String, Object> before = details("detailed");
    assertTrue(before.containsKey("error"), before::toString);

    // when
    fixture.tasks().patchSpec("detailed", Map.of("pollInterval", "2s"));
    await().atMost(SOON).until(() -> observedGeneration("detailed") == 2);

    // then
    assertEquals(before, details("detailed"));
  }

  @Test
  void shouldDeleteAFinishedObjectWhenItsTtlIsOver(@TempDir Path folder) throws Exception {
    // given
    fixture.cloud().answers("T-old", Answers.failed("T-old", "X", "x"));
    fixture.tasks().create("kept", "T-old");
    fixture.tasks().create("expiring", "T-old");
    awaitPhase("kept", "Failed");
    awaitPhase("expiring", "Failed");

    // when
    fixture.operator().kill();
    fixture.tasks().patchSpec("kept", Map.of("ttlSecondsAfterFinished", 3600));
    fixture.tasks().patchSpec("expiring", Map.of("ttlSecondsAfterFinished", 3600));
    Ageing.byTwoHours(fixture.controlPlane(), fixture.tasks().namespace(), "expiring", folder);
    fixture.operator().start();

    // then
    await().atMost(SOON).until(() -> fixture.tasks().find("expiring").isEmpty());
    assertEquals("Failed", status("kept", "phase"));
  }

  @Test
  void shouldReadLikeTheStoryOfTheTaskWhenDescribed() {
    // given
    fixture
        .cloud()
        .answers(
            "T-story",
            Answers.running("T-story"),
            Answers.state("T-story", "paused"),
            Answers.running("T-story"),
            Answers.failed("T-story", "DrainTimeout", "A node was not drained."));

    // when
    fixture.tasks().create("story", "T-story");
    awaitPhase("story", "Failed");

    // then
    await().atMost(SOON).until(() -> describe("story").contains("TaskFailed"));
    String story = describe("story");
    for (String event : new String[] {"TaskRunning", "TaskPaused", "TaskResumed", "TaskFailed"}) {
      assertTrue(story.contains(event), () -> event + " in:\n" + story);
    }
    assertTrue(story.contains("DrainTimeout: A node was not drained"), story);
  }

  @Test
  void shouldAcknowledgeAnEditOfAFinishedTaskSoThatNoGateHangs() {
    // given
    fixture.cloud().answers("T-edited", Answers.success("T-edited"));
    fixture.tasks().create("edited", "T-edited");
    awaitPhase("edited", "Succeeded");
    int calls = fixture.cloud().callCount("T-edited");

    // when
    fixture.tasks().patchSpec("edited", Map.of("pollInterval", "1m", "deadline", "1s"));
    CommandResult gate =
        fixture.kubectl("wait", "acktask/edited", "--for=condition=Succeeded", "--timeout=10s");

    // then
    assertEquals(0, gate.exitCode(), gate::toString);
    await().atMost(SOON).until(() -> observedGeneration("edited") == 2);
    assertEquals(calls, fixture.cloud().callCount("T-edited"));
    assertEquals("absent", AckTasks.condition(fixture.tasks().get("edited"), "Overdue"));
  }

  /** Lets the operator poll another task a few times. */
  private static void passSomePolls(String taskId) {
    fixture.cloud().answers(taskId, Answers.running(taskId));
    fixture.tasks().create(taskId.toLowerCase(java.util.Locale.ROOT), taskId);
    await().atMost(SOON).until(() -> fixture.cloud().callCount(taskId) >= 4);
  }

  private static String describe(String name) {
    return fixture.kubectl("describe", "acktask", name).orThrow();
  }

  private static long observedGeneration(String name) {
    Number generation = fixture.tasks().get(name).get("status", "observedGeneration");
    return generation.longValue();
  }

  private static String status(String name, String field) {
    return fixture.tasks().get(name).get("status", field);
  }

  private static void awaitPhase(String name, String phase) {
    await().atMost(SOON).until(() -> phase.equals(status(name, "phase")));
  }

  /** The status without the fields with a generation of the spec. */
  private static Map<String, Object> details(String name) {
    Map<String, Object> status = fixture.tasks().get(name).get("status");
    Map<String, Object> details = new TreeMap<>(status);
    details.remove(GENERATION);
    details.remove("conditions");
    return details;
  }
}
