package dev.acktask.e2e.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.Rig;
import dev.acktask.simulator.reply.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Part B5 of the fault catalogue, as far as it is not about the lease. */
@OnControlPlane
class ProcessFaultsIT {
  private static final Logger log = LoggerFactory.getLogger(ProcessFaultsIT.class);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  ProcessFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void f81ShouldEndInTimeWhenTerminatedDuringAPoll() {
    try (Rig rig =
        Rig.prepare(controlPlane, "during-a-poll", Map.of("ACKTASK_CALL_TIMEOUT", "60s"))) {
      // given: an answer that takes longer than the grace period
      OperatorProcess operator = rig.replica("operator").start();
      rig.cloud()
          .answers("T-1", Answers.running("T-1"), Answers.success("T-1").delayed(SOON.plus(SOON)));
      rig.tasks().create("task", "T-1");
      await().atMost(SOON).until(() -> rig.cloud().callCount("T-1") == 2);

      // when
      long asked = System.nanoTime();
      int code = operator.terminate();
      log.info("ended after {}", Duration.ofNanos(System.nanoTime() - asked));
      String phase = rig.tasks().get("task").get("status", "phase");
      rig.cloud().answers("T-1", Answers.failed("T-1", "Broken", "It broke."));
      operator.start();
      rig.recorder().calm();

      // then
      assertEquals(0, code);
      assertEquals("Running", phase);
      awaitPhase(rig, "task", "Failed");
    }
  }

  /** The clock of a cloud that is off by hours; that of this machine stays as it is. */
  @Test
  void f85ShouldHoldWhenTheCloudRefusesTheTime() {
    try (Rig rig = Rig.start(controlPlane, "skewed")) {
      // given
      rig.recorder().expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withExtra(2).withReaction(SOON));
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "task", "Running");

      // when
      rig.cloud()
          .outage(
              Reply.gatewayError(
                  400, "InvalidTimeStamp.Expired", "Specified time stamp or date is expired."));
      await()
          .atMost(SOON)
          .until(() -> rig.tasks().get("task").get("status").toString().contains("ClockSkew"));
      String phase = rig.tasks().get("task").get("status", "phase");
      rig.cloud().answers("T-1", Answers.success("T-1"));
      rig.cloud().recover();
      rig.recorder().calm();

      // then
      assertEquals("Running", phase);
      awaitPhase(rig, "task", "Succeeded");
    }
  }

  /** More calls hang than the operator makes at once; it makes 64 of them. */
  @Test
  void f88ShouldFollowATaskWhenTheCallsOfAllOthersHang() {
    int hanging = 80;
    try (Rig rig = Rig.prepare(controlPlane, "slow-calls", Map.of("ACKTASK_CALL_TIMEOUT", "2s"))) {
      // given
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withExtra(hanging).withReaction(SOON));
      rig.replica("operator").start();
      for (int i = 1; i <= hanging; i++) {
        rig.cloud().answers("T-" + i, Reply.hang());
        rig.tasks().create("hanging-" + i, "T-" + i);
      }
      await().atMost(SOON).until(() -> rig.cloud().served().size() >= hanging);

      // when
      rig.cloud().answers("T-0", Answers.failed("T-0", "Broken", "It broke."));
      rig.tasks().create("answered", "T-0");

      // then
      awaitPhase(rig, "answered", "Failed");
      assertTrue(rig.operator().isAlive());
    }
  }

  @Test
  void f90ShouldRunWhenNothingCanBeWritten() {
    try (Rig rig = Rig.prepare(controlPlane, "no-disk")) {
      // given: neither a folder for temporary files, nor a home, nor a place for relative paths
      Path nowhere = Path.of("/nonexistent");
      OperatorProcess operator =
          rig.replica(
              "operator",
              controlPlane.kubeconfigFor(Rig.OPERATOR_NAMESPACE, Rig.OPERATOR_ACCOUNT),
              Map.of(
                  "JAVA_TOOL_OPTIONS",
                  "-XX:-UsePerfData -Duser.dir=/proc -Djava.io.tmpdir="
                      + nowhere
                      + " -Duser.home="
                      + nowhere));
      rig.cloud().answers("T-1", Answers.running("T-1"), Answers.success("T-1"));

      // when
      operator.start();
      rig.tasks().create("task", "T-1");

      // then
      awaitPhase(rig, "task", "Succeeded");
      assertEquals(0, operator.terminate());
    }
  }

  @Test
  void f91ShouldNameEachProblemWhenMisconfigured() {
    try (Rig rig =
        Rig.prepare(
            controlPlane,
            "misconfigured",
            Map.of(
                "ACKTASK_LEADER_ELECTION", "maybe",
                "ACKTASK_DEFAULT_POLL_INTERVAL", "15",
                "ACKTASK_LEADER_ELECTOIN", "true"))) {
      // when
      OperatorProcess operator = rig.replica("operator").launch();

      // then
      assertEquals(1, operator.awaitExit(SOON));
      assertEquals(3, operator.output().split("Configuration: ", -1).length - 1, operator::output);
    }
  }

  private static void awaitPhase(Rig rig, String name, String phase) {
    await().atMost(SOON).until(() -> phase.equals(rig.tasks().get(name).get("status", "phase")));
  }
}
