package dev.acktask.e2e.life;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Five tasks succeed; the sixth is compared with them. */
@OnControlPlane
class ExpectedEndIT {
  /** Estimates are computed every 15 seconds. */
  private static final Duration SOON = Duration.ofSeconds(60);

  /** The age of the five tasks when they are first polled. */
  private static final Duration AGE = Duration.ofSeconds(40);

  private static final String SIXTH = "T-sixth";

  private static OperatorFixture fixture;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture = OperatorFixture.start(controlPlane, "expected-end");
    // That a task becomes slow is a write without an answer, and the restart polls once more.
    fixture.recorder().expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(4));
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void shouldEstimateTheEndAndNameTheStageOfASlowTask() {
    // given
    succeedFive();
    Instant created = now();
    answer(created, "PreCheck");
    fixture.tasks().create("sixth", SIXTH);
    awaitStages("PreCheck");
    estimate(created);

    // when
    await().atMost(SOON).until(() -> "True".equals(AckTasks.condition(task(), "SlowerThanUsual")));

    // then
    assertEquals("StageSlow", AckTasks.reason(task(), "SlowerThanUsual"));
    String message = AckTasks.message(task(), "SlowerThanUsual");
    assertTrue(message.contains("(of 5 that succeeded). Its stage DrainNodes "), message);
    assertEquals("True", AckTasks.condition(task(), "Reconciling"));
    assertEquals("Unknown", AckTasks.condition(task(), "Succeeded"));
    await().atMost(SOON).until(() -> describe().contains("SlowerThanUsual"));

    // when
    Object transitions = status("stageTransitions");
    restart();

    // then
    assertEquals(transitions, status("stageTransitions"));
    assertEquals("True", AckTasks.condition(task(), "SlowerThanUsual"));

    // when
    fixture.cloud().answers(SIXTH, Answers.inStage(SIXTH, "success", created, "DrainNodes"));
    fixture.tasks().awaitPhase("sixth", "Succeeded", SOON);

    // then
    assertNull(status("estimatedCompletionTime"));
    assertNull(status("estimateSampleSize"));
    assertEquals("absent", AckTasks.condition(task(), "SlowerThanUsual"));
    assertEquals(transitions, status("stageTransitions"));
  }

  private static void succeedFive() {
    Instant created = now().minus(AGE);
    for (int i = 0; i < 5; i++) {
      String taskId = "T-earlier-" + i;
      Response draining = Answers.inStage(taskId, "running", created, "DrainNodes");
      fixture
          .cloud()
          .answers(
              taskId,
              draining,
              draining,
              draining,
              Answers.inStage(taskId, "success", created, "DrainNodes"));
      fixture.tasks().create("earlier-" + i, taskId);
    }
    for (int i = 0; i < 5; i++) {
      fixture.tasks().awaitPhase("earlier-" + i, "Succeeded", SOON);
    }
  }

  /** An estimate is written with another change only: the stage changes until there is one. */
  private static void estimate(Instant created) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              String next = "DrainNodes".equals(status("currentStage")) ? "PreCheck" : "DrainNodes";
              answer(created, next);
              await().atMost(SOON).until(() -> next.equals(status("currentStage")));
              return status("estimatedCompletionTime") != null && next.equals("DrainNodes");
            });
    assertEquals(5, status("estimateSampleSize"));
    Instant estimated = Instant.parse((String) assertPresent("estimatedCompletionTime"));
    assertTrue(estimated.isAfter(created.plus(AGE)), estimated::toString);
    String columns = fixture.kubectl("get", "acktask", "sixth").orThrow();
    assertTrue(columns.contains("ETA") && columns.contains(estimated.toString()), columns);
  }

  /** A new process polls the task and keeps what the status says. */
  private static void restart() {
    fixture.operator().kill();
    int calls = fixture.cloud().callCount(SIXTH);
    fixture.operator().start();
    await().atMost(SOON).until(() -> fixture.cloud().callCount(SIXTH) > calls + 2);
  }

  private static void answer(Instant created, String stage) {
    fixture.cloud().answers(SIXTH, Answers.inStage(SIXTH, "running", created, stage));
  }

  private static void awaitStages(String stage) {
    await().atMost(SOON).until(() -> status("stageTransitions") != null);
    List<Map<String, String>> transitions =
        fixture.tasks().get("sixth").get("status", "stageTransitions");
    assertEquals(stage, transitions.getFirst().get("stage"));
  }

  private static Object assertPresent(String field) {
    Object value = status(field);
    assertNotNull(value, field);
    return value;
  }

  private static GenericKubernetesResource task() {
    return fixture.tasks().get("sixth");
  }

  /** With the events. */
  private static String describe() {
    String text = fixture.kubectl("describe", "acktask", "sixth").orThrow();
    return text.substring(text.indexOf("Events:"));
  }

  private static Object status(String field) {
    return task().get("status", field);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }
}
