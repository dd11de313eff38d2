package dev.acktask.e2e.life;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OnControlPlane
class LifeIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static OperatorFixture fixture;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture = OperatorFixture.start(controlPlane, "life");
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void shouldSucceedWhenTheCloudReportsSuccess() {
    // given
    Response running = Answers.running("T-1");
    fixture.cloud().answers("T-1", Answers.state("T-1", "pending"), running);
    fixture.tasks().create("upgrade", "T-1");
    awaitPhase("upgrade", "Running");

    // when
    fixture.cloud().answers("T-1", Answers.success("T-1"));
    CommandResult settled = waitFor("upgrade", "Settled", "30s");
    CommandResult succeeded = waitFor("upgrade", "Succeeded", "5s");

    // then
    assertEquals(0, settled.exitCode(), settled::toString);
    assertEquals(0, succeeded.exitCode(), succeeded::toString);
    GenericKubernetesResource object = fixture.tasks().get("upgrade");
    assertEquals("Succeeded", object.get("status", "phase"));
    assertEquals("success", object.get("status", "state"));
    assertEquals("True", AckTasks.condition(object, "Ready"));
    assertEquals("absent", AckTasks.condition(object, "Reconciling"));
    assertEquals("absent", AckTasks.condition(object, "Stalled"));
    assertNotNull(object.get("status", "completionTime"));
  }

  @Test
  void shouldFailWhenTheCloudReportsFailure() {
    // given
    fixture
        .cloud()
        .answers(
            "T-2",
            Answers.running("T-2"),
            Answers.failed("T-2", "QuotaExceeded", "No more instances."));
    fixture.tasks().create("scale-out", "T-2");

    // when
    CommandResult settled = waitFor("scale-out", "Settled", "30s");
    CommandResult succeeded = waitFor("scale-out", "Succeeded", "1s");

    // then
    assertEquals(0, settled.exitCode(), settled::toString);
    assertNotEquals(0, succeeded.exitCode(), succeeded::toString);
    GenericKubernetesResource object = fixture.tasks().get("scale-out");
    assertEquals("Failed", object.get("status", "phase"));
    assertEquals("TaskFailed", object.get("status", "reason"));
    assertEquals("QuotaExceeded", object.get("status", "error", "code"));
    assertEquals("True", AckTasks.condition(object, "Stalled"));
  }

  @Test
  void shouldEmitTransitionsAsEventsWhenTheTaskEnds() {
    // given
    fixture.cloud().answers("T-3", Answers.running("T-3"), Answers.success("T-3"));
    fixture.tasks().create("reported", "T-3");

    // when
    CommandResult settled = waitFor("reported", "Settled", "30s");

    // then
    assertEquals(0, settled.exitCode(), settled::toString);
    await()
        .atMost(SOON)
        .until(
            () ->
                fixture
                    .kubectl("events", "--for=acktask/reported", "-o=jsonpath={.items[*].reason}")
                    .orThrow()
                    .contains("TaskSucceeded"));
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
