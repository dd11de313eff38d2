package dev.acktask.e2e.faultinjection;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.history.ObjectVersion;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * One run of one task, with at most one fault.
 *
 * @param status the final status, without fields that differ between runs
 * @param writes number of status writes
 * @param points all requests, in order
 */
record Run(JsonNode status, long writes, List<RequestPoint> points) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final Duration POLL = Duration.ofMillis(20);

  /** Long enough for an event that is still to be written, and for the first retry. */
  private static final Duration QUIET = Duration.ofMillis(1_500);

  /**
   * @param serving presents a certificate that the operator trusts
   */
  static Run of(
      ControlPlane controlPlane, SSLContext serving, Scenario scenario, Interruption interruption) {
    try (OperatorFixture fixture =
            OperatorFixture.prepare(
                controlPlane, "interrupted", Map.of("ACKTASK_CALL_TIMEOUT", "1s"));
        FaultProxy api =
            FaultProxy.tls(
                controlPlane.server(), serving, controlPlane.authority().trusting(), interruption);
        FaultProxy cloud = FaultProxy.plain(fixture.cloud().endpoint(), interruption)) {
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(2).withReaction(TIMEOUT));
      fixture.cloud().answers(Scenario.TASK, Answers.running(Scenario.TASK), scenario.end());
      fixture.tasks().create("task", Scenario.TASK);
      // A Lease of an earlier run would be taken over instead of created.
      OperatorFixture.lease(controlPlane).delete();
      OperatorProcess operator =
          fixture.replica(
              "operator",
              controlPlane.kubeconfigFor(
                  OperatorFixture.OPERATOR_NAMESPACE,
                  OperatorFixture.OPERATOR_ACCOUNT,
                  api.endpoint()),
              settings(scenario, cloud));
      await()
          .pollInterval(POLL)
          .atMost(TIMEOUT)
          .until(
              () -> {
                interruption.maintain(operator);
                return interruption.isOver()
                    && scenario.phase().equals(fixture.tasks().get("task").get("status", "phase"));
              });
      awaitQuiet(interruption, operator);
      operator.kill();
      return new Run(
          normalized(fixture),
          writes(fixture.recorder().history().versions()),
          interruption.points().stream().filter(scenario::concerns).toList());
    }
  }

  private static Map<String, String> settings(Scenario scenario, FaultProxy cloud) {
    Map<String, String> settings = new HashMap<>(scenario.settings());
    settings.put("ACKTASK_ENDPOINT_PUBLIC", cloud.endpoint().toString());
    return settings;
  }

  /** Waits until the running operator sends no more requests. */
  private static void awaitQuiet(Interruption interruption, OperatorProcess operator) {
    int[] before = {-1};
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(QUIET)
        .atMost(TIMEOUT)
        .until(
            () -> {
              interruption.maintain(operator);
              boolean works = operator.output().contains(OperatorProcess.READY);
              int now =
                  works
                      ? (int) interruption.points().stream().filter(RequestPoint::ofTheTask).count()
                      : -1;
              boolean quiet = works && now == before[0];
              before[0] = now;
              return quiet;
            });
  }

  private static JsonNode normalized(OperatorFixture fixture) {
    ObjectNode status = JSON.valueToTree(fixture.tasks().get("task").get("status"));
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
