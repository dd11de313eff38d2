package dev.acktask.e2e.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.simulator.response.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults of the process, without those of the Lease. */
@OnControlPlane
class ProcessFaultsIT {
  private static final Logger log = LoggerFactory.getLogger(ProcessFaultsIT.class);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  ProcessFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F81")
  void shouldEndInTimeWhenTerminatedDuringAPoll() {
    try (OperatorFixture fixture =
        OperatorFixture.prepare(
            controlPlane, "during-a-poll", Map.of("ACKTASK_CALL_TIMEOUT", "60s"))) {
      // given: an answer that takes longer than the grace period
      OperatorProcess operator = fixture.replica("operator").start();
      fixture
          .cloud()
          .answers("T-1", Answers.running("T-1"), Answers.success("T-1").delayed(SOON.plus(SOON)));
      fixture.tasks().create("task", "T-1");
      await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") == 2);

      // when
      long asked = System.nanoTime();
      int code = operator.terminate();
      log.info("ended after {}", Duration.ofNanos(System.nanoTime() - asked));
      String phase = fixture.tasks().get("task").get("status", "phase");
      fixture.cloud().answers("T-1", Answers.failed("T-1", "Broken", "It broke."));
      operator.start();
      fixture.recorder().calm();

      // then
      assertEquals(0, code);
      assertEquals("Running", phase);
      awaitPhase(fixture, "task", "Failed");
    }
  }

  /** The clock of the cloud is wrong by hours; the clock of this machine is right. */
  @Test
  @Tag("F85")
  void shouldHoldWhenTheCloudRefusesTheTime() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "skewed")) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(2).withReaction(SOON));
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "task", "Running");

      // when
      fixture
          .cloud()
          .outage(
              Response.gatewayError(
                  400, "InvalidTimeStamp.Expired", "Specified time stamp or date is expired."));
      await()
          .atMost(SOON)
          .until(() -> fixture.tasks().get("task").get("status").toString().contains("ClockSkew"));
      String phase = fixture.tasks().get("task").get("status", "phase");
      fixture.cloud().answers("T-1", Answers.success("T-1"));
      fixture.cloud().recover();
      fixture.recorder().calm();

      // then
      assertEquals("Running", phase);
      awaitPhase(fixture, "task", "Succeeded");
    }
  }

  /** More calls hang than the 64 that the operator makes at once. */
  @Test
  @Tag("F88")
  void shouldFollowATaskWhenTheCallsOfAllOthersHang() {
    int hanging = 80;
    try (OperatorFixture fixture =
        OperatorFixture.prepare(controlPlane, "slow-calls", Map.of("ACKTASK_CALL_TIMEOUT", "2s"))) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withExtra(hanging)
                  .withReaction(SOON));
      fixture.replica("operator").start();
      for (int i = 1; i <= hanging; i++) {
        fixture.cloud().answers("T-" + i, Response.hang());
        fixture.tasks().create("hanging-" + i, "T-" + i);
      }
      await().atMost(SOON).until(() -> fixture.cloud().served().size() >= hanging);

      // when
      fixture.cloud().answers("T-0", Answers.failed("T-0", "Broken", "It broke."));
      fixture.tasks().create("answered", "T-0");

      // then
      awaitPhase(fixture, "answered", "Failed");
      assertTrue(fixture.operator().isAlive());
    }
  }

  @Test
  @Tag("F90")
  void shouldRunWhenNothingCanBeWritten() {
    try (OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "no-disk")) {
      // given: neither a folder for temporary files, nor a home, nor a place for relative paths
      Path nowhere = Path.of("/nonexistent");
      OperatorProcess operator =
          fixture.replica(
              "operator",
              controlPlane.kubeconfigFor(
                  OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT),
              Map.of(
                  "JAVA_TOOL_OPTIONS",
                  "-XX:-UsePerfData -Duser.dir=/proc -Djava.io.tmpdir="
                      + nowhere
                      + " -Duser.home="
                      + nowhere));
      fixture.cloud().answers("T-1", Answers.running("T-1"), Answers.success("T-1"));

      // when
      operator.start();
      fixture.tasks().create("task", "T-1");

      // then
      awaitPhase(fixture, "task", "Succeeded");
      assertEquals(0, operator.terminate());
    }
  }

  @Test
  @Tag("F91")
  void shouldNameEachProblemWhenMisconfigured() {
    try (OperatorFixture fixture =
        OperatorFixture.prepare(
            controlPlane,
            "misconfigured",
            Map.of(
                "ACKTASK_LEADER_ELECTION", "maybe",
                "ACKTASK_DEFAULT_POLL_INTERVAL", "15",
                "ACKTASK_LEADER_ELECTOIN", "true"))) {
      // when
      OperatorProcess operator = fixture.replica("operator").launch();

      // then
      assertEquals(1, operator.awaitExit(SOON));
      assertEquals(3, operator.output().split("Configuration: ", -1).length - 1, operator::output);
    }
  }

  private static void awaitPhase(OperatorFixture fixture, String name, String phase) {
    await()
        .atMost(SOON)
        .until(() -> phase.equals(fixture.tasks().get(name).get("status", "phase")));
  }
}
