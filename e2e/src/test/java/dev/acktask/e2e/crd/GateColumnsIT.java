package dev.acktask.e2e.crd;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The columns of {@code kubectl get} for gates. */
@OnControlPlane
class GateColumnsIT {
  private static final String CONDITIONS =
      "conditions: [{type: Ready, status: '%1$s', reason: %2$s, message: %3$s,"
          + " lastTransitionTime: '2026-01-02T03:04:05Z'},"
          + " {type: Succeeded, status: '%1$s', reason: %2$s, message: %3$s,"
          + " lastTransitionTime: '2026-01-02T03:04:05Z'},"
          + " {type: Synced, status: 'True', reason: Observed, message: m,"
          + " lastTransitionTime: '2026-01-02T03:04:05Z'}]";

  private static ControlPlane controlPlane;
  private static String namespace;

  @BeforeAll
  static void gatesInSeveralStates(ControlPlane started) {
    controlPlane = started;
    namespace = controlPlane.createNamespace("gate-columns");
    ApiObjects objects = new ApiObjects(ApiKind.ACK_TASK_GATE, controlPlane.admin(), namespace);
    objects.create("fresh", "{mode: AllSucceeded, taskRefs: [{name: a}]}");
    objects.create(
        "pools",
        "{mode: AllSucceeded, selector: {matchLabels: {change: c1}}, since: 2h, count: 5}");
    objects.create(
        "quiet", "{mode: NoneRunning, clusterIds: [c1], discoveryRef: {name: all-clusters}}");
    objects.writeStatus(
        "pools",
        "{observedGeneration: 1, phase: Failed, done: 2/5, blocking: pool-3, "
            + CONDITIONS.formatted("False", "TaskNotSucceeded", "The task of pool-3 failed.")
            + "}");
    objects.writeStatus(
        "quiet",
        "{observedGeneration: 1, phase: Succeeded, done: 1/1, "
            + CONDITIONS.formatted("True", "NoneRunning", "No task is unfinished.")
            + "}");
  }

  @Test
  void shouldPrintTheAgreedColumnsWhenListed() throws Exception {
    KubectlTable.of(controlPlane.kubectl("get", "acktaskgates", "-n", namespace))
        .assertEqualsFile("acktaskgate.txt");
  }

  @Test
  void shouldPrintTheAgreedColumnsWhenListedWide() throws Exception {
    KubectlTable.of(controlPlane.kubectl("get", "ackg", "-n", namespace, "-o", "wide"))
        .assertEqualsFile("acktaskgate-wide.txt");
  }
}
