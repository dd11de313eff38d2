package dev.acktask.e2e.life;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From pending to each state in which a task can end, checked with {@code kubectl wait}. */
@OnControlPlane
class FinalStatesIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static OperatorFixture fixture;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture =
        OperatorFixture.prepare(controlPlane, "final", Map.of("ACKTASK_NOT_FOUND_GRACE", "3s"));
    fixture.replica("operator").start();
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "success,   Succeeded, TaskSucceeded, 0",
    "failed,    Failed,    TaskFailed,    1",
    "fail,      Failed,    TaskFailed,    1",
    "timeout,   Failed,    TaskFailed,    1",
    "canceled,  Canceled,  TaskCanceled,  1",
    "cancelled, Canceled,  TaskCanceled,  1"
  })
  void shouldReportTheVerdictWhenTheCloudReportsAFinalState(
      String word, String phase, String reason, int exitCode) {
    // given
    String taskId = "T-" + word;
    fixture
        .cloud()
        .answers(
            taskId,
            Answers.state(taskId, "pending"),
            Answers.running(taskId),
            Answers.state(taskId, word));
    fixture.tasks().create(word, taskId);

    // when
    CommandResult settled = waitFor(word, "Settled", "30s");
    CommandResult succeeded = waitFor(word, "Succeeded", "1s");

    // then
    assertEquals(0, settled.exitCode(), settled::toString);
    assertEquals(exitCode, succeeded.exitCode(), succeeded::toString);
    assertVerdict(word, phase, reason);
  }

  @Test
  void shouldFailWhenSuccessHasFailedResults() {
    // given
    Response partly = withResults("T-partly");
    fixture.cloud().answers("T-partly", Answers.running("T-partly"), partly);
    fixture.tasks().create("partly", "T-partly");

    // when
    CommandResult settled = waitFor("partly", "Settled", "30s");
    CommandResult succeeded = waitFor("partly", "Succeeded", "1s");

    // then
    assertEquals(0, settled.exitCode(), settled::toString);
    assertNotEquals(0, succeeded.exitCode(), succeeded::toString);
    assertVerdict("partly", "Failed", "ResultsFailed");
  }

  @Test
  void shouldSucceedWithFailedResultsWhenTheStateAloneCounts() {
    // given
    fixture.cloud().answers("T-state-only", withResults("T-state-only"));
    fixture
        .tasks()
        .create("state-only", Map.of("taskId", "T-state-only", "successPolicy", "StateOnly"));

    // when
    CommandResult succeeded = waitFor("state-only", "Succeeded", "30s");

    // then
    assertEquals(0, succeeded.exitCode(), succeeded::toString);
    assertVerdict("state-only", "Succeeded", "TaskSucceeded");
  }

  @Test
  void shouldWaitWhenTheTaskIsPausedOnTheWay() {
    // given
    fixture
        .cloud()
        .answers("T-paused", Answers.running("T-paused"), Answers.state("T-paused", "paused"));
    fixture.tasks().create("paused", "T-paused");
    awaitPhase("paused", "Paused");
    assertVerdict("paused", "Paused", "Paused");

    // when
    fixture.cloud().answers("T-paused", Answers.success("T-paused"));
    CommandResult succeeded = waitFor("paused", "Succeeded", "30s");

    // then
    assertEquals(0, succeeded.exitCode(), succeeded::toString);
  }

  @Test
  void shouldWaitWhenTheCloudReportsAnUnknownState() {
    // given
    fixture
        .cloud()
        .answers("T-word", Answers.running("T-word"), Answers.state("T-word", "SUCCESS"));
    fixture.tasks().create("word", "T-word");
    awaitPhase("word", "Unknown");
    assertVerdict("word", "Unknown", "UnrecognizedState");

    // when
    fixture.cloud().answers("T-word", Answers.failed("T-word", "X", "x"));
    CommandResult settled = waitFor("word", "Settled", "30s");

    // then
    assertEquals(0, settled.exitCode(), settled::toString);
    assertVerdict("word", "Failed", "TaskFailed");
  }

  @Test
  void shouldStallWhenTheTaskIsNotFoundForTheGraceTime() {
    // given
    fixture.cloud().answers("T-gone", Response.taskNotFound("T-gone"));
    fixture.tasks().create("gone", "T-gone");

    // when
    CommandResult settled = waitFor("gone", "Settled", "30s");

    // then
    assertEquals(0, settled.exitCode(), settled::toString);
    assertVerdict("gone", "Stalled", "TaskNotFound");
    assertNull(fixture.tasks().get("gone").get("status", "completionTime"));
  }

  @Test
  void shouldReportNothingOfATaskOfAnotherCluster() {
    // given
    fixture.cloud().answers("T-cluster", Answers.success("T-cluster"));

    // when
    fixture
        .tasks()
        .create("cluster", Map.of("taskId", "T-cluster", "clusterId", "c" + "0".repeat(32)));
    awaitPhase("cluster", "Stalled");

    // then
    assertVerdict("cluster", "Stalled", "ClusterMismatch");
    GenericKubernetesResource object = fixture.tasks().get("cluster");
    assertNull(object.get("status", "state"));
    assertNull(object.get("status", "taskType"));
    assertNull(object.get("status", "target"));
  }

  private static Response withResults(String taskId) {
    return Response.json(
        200,
        """
        {"task_id": "%s", "task_type": "nodepool_scaleout", "state": "success",
         "task_result": [{"data": "i-1", "status": "success"}, {"data": "i-2", "status": "failed"}]}
        """
            .formatted(taskId));
  }

  private static void assertVerdict(String name, String phase, String reason) {
    GenericKubernetesResource object = fixture.tasks().get(name);
    assertEquals(phase, object.get("status", "phase"));
    assertEquals(reason, object.get("status", "reason"));
    boolean settled = !"Unknown".equals(AckTasks.condition(object, "Succeeded"));
    boolean succeeded = "Succeeded".equals(phase);
    assertEquals(AckTasks.condition(object, "Succeeded"), AckTasks.condition(object, "Ready"));
    assertEquals(settled ? "True" : "False", AckTasks.condition(object, "Settled"));
    assertEquals(settled ? "absent" : "True", AckTasks.condition(object, "Reconciling"));
    assertEquals(settled && !succeeded ? "True" : "absent", AckTasks.condition(object, "Stalled"));
  }

  private static CommandResult waitFor(String name, String condition, String timeout) {
    return fixture.kubectl(
        "wait", "acktask/" + name, "--for=condition=" + condition, "--timeout=" + timeout);
  }

  private static void awaitPhase(String name, String phase) {
    await()
        .atMost(SOON)
        .until(() -> phase.equals(fixture.tasks().get(name).get("status", "phase")));
  }
}
