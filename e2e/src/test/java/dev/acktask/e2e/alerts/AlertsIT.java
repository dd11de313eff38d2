package dev.acktask.e2e.alerts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.leadership.Replicas;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a failure in the cloud to the notification of Alertmanager. */
@OnControlPlane
class AlertsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @BeforeAll
  static void requirePrograms() {
    MonitoringServer.require(PrometheusServer.PROGRAM, Alertmanager.PROGRAM);
  }

  @Test
  void shouldSendOneAlertOfAFailureUntilTheObjectIsDeleted(ControlPlane controlPlane)
      throws Exception {
    try (Replicas replicas = Replicas.start(controlPlane, "alerts");
        WebhookReceiver receiver = new WebhookReceiver();
        Alertmanager alertmanager = Alertmanager.start(controlPlane.reaper(), receiver.address());
        PrometheusServer prometheus =
            PrometheusServer.start(
                controlPlane.reaper(), alertmanager, replicas.leader(), replicas.standby())) {
      // given: both replicas are scraped, and a success is known
      OperatorFixture fixture = replicas.fixture();
      fixture.cloud().answers("T-succeeded", Answers.success("T-succeeded"));
      fixture.tasks().create("succeeded", "T-succeeded");
      await().atMost(SOON).until(() -> prometheus.count("up == 1") == 2);
      await().atMost(SOON).until(() -> prometheus.count("acktask_info{acktask='succeeded'}") == 1);

      // when
      // finished long ago, but observed for the first time now
      fixture.cloud().answers("T-failed", Answers.failed("T-failed", "Broken", "It broke."));
      fixture.tasks().create("failed", "T-failed");

      // then
      await().atMost(SOON).until(() -> receiver.heardLast("firing"));
      WebhookReceiver.Alert alert = receiver.alerts().get(0);
      assertEquals(
          Map.of(
              "alertname", "AckTaskFailed",
              "severity", "warning",
              "namespace", fixture.tasks().namespace(),
              "acktask_namespace", fixture.tasks().namespace(),
              "acktask", "failed",
              "type", "cluster_upgrade",
              "cluster_id", "c82e6987e2961451182edacd74faf1234",
              "region", "cn-hangzhou"),
          alert.labels());
      String runbook = alert.annotations().getOrDefault("runbook_url", "");
      assertTrue(runbook.endsWith("/docs/runbooks.md#acktaskfailed"), runbook);
      assertEquals(1, prometheus.count("acktask_info{acktask='failed'}"));

      // when: until the other replica leads, no replica reports the task, and the alert ends
      replicas.leader().kill();
      replicas.awaitTakeover();
      fixture.recorder().calm();

      // then: it is back under the same labels
      String instance = PrometheusServer.instance(replicas.standby());
      String taken = "acktask_info{acktask='failed', instance='%s'}".formatted(instance);
      await().atMost(SOON).until(() -> prometheus.count(taken) == 1);
      await().atMost(SOON).until(() -> receiver.heardLast("firing"));

      // when
      fixture.tasks().delete("failed");

      // then
      await().atMost(SOON).until(() -> prometheus.count(taken) == 0);
      await().atMost(SOON).until(() -> receiver.heardLast("resolved"));
      assertEquals(Set.of(alert.labels()), receiver.labels());
      assertEquals(0, prometheus.count("last_over_time(ALERTS{acktask='succeeded'}[1h])"));
    }
  }
}
