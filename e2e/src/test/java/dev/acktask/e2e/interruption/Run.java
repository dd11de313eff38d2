package dev.acktask.e2e.interruption;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.history.ObjectVersion;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.Rig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * One life of one task, with at most one fault.
 *
 * @param status the final one, without what differs from run to run
 * @param writes how often the status was written
 * @param points all requests, in their order
 */
record Run(JsonNode status, long writes, List<Point> points) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Long enough for an event that is still to be written, and for the first retry. */
  private static final Duration QUIET = Duration.ofMillis(1_500);

  /**
   * @param serving presents a certificate that the operator trusts
   */
  static Run of(
      ControlPlane controlPlane, SSLContext serving, Scenario scenario, Interruption interruption) {
    try (Rig rig = Rig.prepare(controlPlane, "interrupted", Map.of("ACKTASK_CALL_TIMEOUT", "1s"));
        FaultProxy api =
            FaultProxy.tls(
                controlPlane.server(), serving, controlPlane.authority().trusting(), interruption);
        FaultProxy cloud = FaultProxy.plain(rig.cloud().endpoint(), interruption)) {
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withExtra(2).withReaction(LONGEST));
      rig.cloud().answers(Scenario.TASK, Answers.running(Scenario.TASK), scenario.end());
      rig.tasks().create("task", Scenario.TASK);
      // One that an earlier run left behind would be taken over, and not made.
      Rig.lease(controlPlane).delete();
      OperatorProcess operator =
          rig.replica(
              "operator",
              controlPlane.kubeconfigFor(
                  Rig.OPERATOR_NAMESPACE, Rig.OPERATOR_ACCOUNT, api.endpoint()),
              settings(scenario, cloud));
      await()
          .pollInterval(POLL)
          .atMost(LONGEST)
          .until(
              () -> {
                interruption.tend(operator);
                return interruption.isOver()
                    && scenario.phase().equals(rig.tasks().get("task").get("status", "phase"));
              });
      awaitQuiet(interruption, operator);
      operator.kill();
      return new Run(
          normalized(rig),
          writes(rig.recorder().history().versions()),
          interruption.points().stream().filter(scenario::concerns).toList());
    }
  }

  private static Map<String, String> settings(Scenario scenario, FaultProxy cloud) {
    Map<String, String> settings = new HashMap<>(scenario.settings());
    settings.put("ACKTASK_ENDPOINT_PUBLIC", cloud.endpoint().toString());
    return settings;
  }

  /** Nothing more is asked or written by an operator that works, restarted or not. */
  private static void awaitQuiet(Interruption interruption, OperatorProcess operator) {
    int[] before = {-1};
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(QUIET)
        .atMost(LONGEST)
        .until(
            () -> {
              interruption.tend(operator);
              boolean works = operator.output().contains(OperatorProcess.READY);
              int now =
                  works
                      ? (int) interruption.points().stream().filter(p -> !p.ofTheLease()).count()
                      : -1;
              boolean quiet = works && now == before[0];
              before[0] = now;
              return quiet;
            });
  }

  private static JsonNode normalized(Rig rig) {
    ObjectNode status = JSON.valueToTree(rig.tasks().get("task").get("status"));
    status.remove(List.of("startTime", "completionTime", "requestId"));
    status
        .path("conditions")
        .forEach(condition -> ((ObjectNode) condition).remove("lastTransitionTime"));
    return status;
  }

  private static long writes(List<ObjectVersion> versions) {
    long writes = 0;
    for (int i = 1; i < versions.size(); i++) {
      JsonNode before = versions.get(i - 1).object().path("status");
      writes += before.equals(versions.get(i).object().path("status")) ? 0 : 1;
    }
    return writes;
  }
}
