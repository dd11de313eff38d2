package dev.acktask.e2e.crd;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The columns of {@code kubectl get} for discoveries. */
@OnControlPlane
class DiscoveryColumnsIT {
  private static final String CONDITION =
      "{type: %s, status: '%s', reason: %s, message: %s,"
          + " lastTransitionTime: '2026-01-02T03:04:05Z'}";

  private static ControlPlane controlPlane;
  private static String namespace;

  @BeforeAll
  static void discoveriesInSeveralStates(ControlPlane started) {
    controlPlane = started;
    namespace = controlPlane.createNamespace("discovery-columns");
    ApiObjects objects =
        new ApiObjects(ApiKind.ACK_TASK_DISCOVERY, controlPlane.admin(), namespace);
    objects.create("fresh", "{clusters: {all: true}}");
    objects.create("limited", "{clusters: {all: true}}");
    objects.create("refused", "{clusters: {ids: [c1]}, mode: ReportOnly}");
    objects.writeStatus(
        "limited",
        "{clusters: 12, tasks: {created: 431, present: 200, skipped: 7}, conditions: ["
            + CONDITION.formatted("Ready", "True", "Swept", "All lists are answered.")
            + ", "
            + CONDITION.formatted("Limited", "True", "LimitReached", "200 AckTasks.")
            + "]}");
    objects.writeStatus(
        "refused",
        "{clusters: 1, tasks: {created: 0, present: 0, skipped: 0}, conditions: ["
            + CONDITION.formatted("Ready", "False", "Forbidden", "The cloud refuses.")
            + "]}");
  }

  @Test
  void shouldPrintTheAgreedColumnsWhenListed() throws Exception {
    KubectlTable.of(controlPlane.kubectl("get", "acktaskdiscoveries", "-n", namespace))
        .assertEqualsFile("acktaskdiscovery.txt");
  }

  @Test
  void shouldPrintTheAgreedColumnsWhenListedWide() throws Exception {
    KubectlTable.of(controlPlane.kubectl("get", "ackd", "-n", namespace, "-o", "wide"))
        .assertEqualsFile("acktaskdiscovery-wide.txt");
  }
}
