package dev.acktask.operator.gate;

import static dev.acktask.operator.gate.GateLists.active;
import static dev.acktask.operator.gate.GateTasks.failed;
import static dev.acktask.operator.gate.GateTasks.notObserved;
import static dev.acktask.operator.gate.GateTasks.running;
import static dev.acktask.operator.gate.Gates.condition;
import static dev.acktask.operator.gate.Gates.quiet;
import static dev.acktask.operator.gate.Gates.summary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.gate.GateEvidence.ClusterList;
import dev.acktask.operator.gate.GateEvidence.Discovery;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoneRunningRulesTest {
  private static final ClusterList FAILED_SINCE =
      new ClusterList(true, false, 0, List.of(), "Forbidden.");

  @Test
  void shouldOpenWhenEachClusterIsQuiet() {
    assertEquals(
        "True NoneRunning 2/2 -",
        summary(quiet("c1", "c2").decide(active().quiet("c1").quiet("c2"))));
  }

  @Test
  void shouldWaitForAClusterWithoutAList() {
    GateDecision decision = quiet("c1", "c2").decide(active().quiet("c1"));

    assertEquals("Unknown NotSweptYet 1/2 c2", summary(decision));
    assertTrue(condition(decision, "Succeeded").message().contains("AckTaskDiscovery all"));
  }

  @Test
  void shouldNotCountTheListOfAnotherCluster() {
    assertEquals("Unknown NotSweptYet 0/1 c1", summary(quiet("c1").decide(active().quiet("c2"))));
  }

  @Test
  void shouldWaitForACompleteListFromAfterTheGate() {
    assertEquals(
        "Unknown NotSweptYet 0/1 c1", summary(quiet("c1").decide(active().unusable("c1", 0))));
  }

  @Test
  void shouldWaitForANewerList() {
    assertEquals(
        "Unknown SweepOutdated 0/1 c1", summary(quiet("c1").decide(active().outdated("c1", 0))));
  }

  @Test
  void shouldNotReportWhatAnOutdatedListHasAsRunning() {
    assertEquals(
        "Unknown SweepOutdated 0/1 c1",
        summary(quiet("c1").decide(active().outdated("c1", 3, "T-1"))));
  }

  @Test
  void shouldAskForTheFirstListBeforeANewerOne() {
    assertEquals(
        "Unknown NotSweptYet 0/2 c2",
        summary(quiet("c1", "c2").decide(active().outdated("c1", 0))));
  }

  @Test
  void shouldWaitForAFailedList() {
    GateDecision decision =
        quiet("c1").decide(active().list("c1", ClusterList.failed("Forbidden.")));

    assertEquals("Unknown NotSweptYet 0/1 c1", summary(decision));
    assertEquals("SweepFailed", condition(decision, "Synced").reason());
    assertEquals(
        "The tasks of cluster c1 cannot be listed: Forbidden.",
        condition(decision, "Synced").message());
  }

  @Test
  void shouldStayOpenWhileTheListBeforeTheFailureIsUsable() {
    GateDecision decision = quiet("c1").decide(active().list("c1", FAILED_SINCE));

    assertEquals("True NoneRunning 1/1 -", summary(decision));
    assertEquals("False", condition(decision, "Synced").status());
  }

  @Test
  void shouldWaitForARunningTask() {
    assertEquals(
        "Unknown TasksRunning 1/2 T-1 in c1, T-2 in c1 and 3 more",
        summary(quiet("c1", "c2").decide(active().running("c1", 5, "T-2", "T-1").quiet("c2"))));
  }

  @Test
  void shouldWaitForARunningTaskWithoutAnExample() {
    assertEquals(
        "Unknown TasksRunning 0/1 a task in c1 and 1 more",
        summary(quiet("c1").decide(active().running("c1", 2))));
  }

  @Test
  void shouldWaitWhileOneOfTwoConnectionsListsARunningTask() {
    assertEquals(
        "Unknown TasksRunning 0/1 T-1 in c1",
        summary(quiet("c1").decide(active().quiet("c1").running("c1", 1, "T-1"))));
  }

  @Test
  void shouldCountATaskOnceThatTwoConnectionsList() {
    assertEquals(
        "Unknown TasksRunning 0/1 T-1 in c1",
        summary(quiet("c1").decide(active().running("c1", 1, "T-1").running("c1", 1, "T-1"))));
  }

  @Test
  void shouldWaitForTheListOfEachConnection() {
    assertEquals(
        "Unknown SweepOutdated 0/1 c1",
        summary(quiet("c1").decide(active().quiet("c1").outdated("c1", 0))));
  }

  @Test
  void shouldReportARunningTaskWhateverElseIsUnknown() {
    assertEquals(
        "Unknown TasksRunning 0/3 T-1 in c3",
        summary(
            quiet("c1", "c2", "c3").decide(active().outdated("c1", 0).unusable("c3", 1, "T-1"))));
  }

  @Test
  void shouldWaitForAnUnfinishedAckTaskThatTheListLacks() {
    assertEquals(
        "Unknown TasksRunning 0/1 a in c1",
        summary(quiet("c1").decide(active().quiet("c1").ackTask(running("a")))));
  }

  @Test
  void shouldWaitForAnAckTaskInAnUnrecognizedState() {
    assertEquals(
        "Unknown TasksRunning 0/1 a in c1",
        summary(
            quiet("c1").decide(active().quiet("c1").ackTask(running("a").phase(Phase.UNKNOWN)))));
  }

  @Test
  void shouldNotWaitForAnAckTaskOfAnotherCluster() {
    assertEquals(
        "True NoneRunning 1/1 -",
        summary(
            quiet("c1")
                .decide(
                    active()
                        .quiet("c1")
                        .ackTask(running("a").cluster("c2"))
                        .ackTask(notObserved("b")))));
  }

  @Test
  void shouldNotWaitForAnAckTaskThatEnded() {
    assertEquals(
        "True NoneRunning 1/1 -",
        summary(
            quiet("c1")
                .decide(
                    active()
                        .quiet("c1")
                        .ackTask(running("a").phase(Phase.STALLED))
                        .ackTask(failed("b").phase(Phase.STALLED))
                        .ackTask(failed("c")))));
  }

  @Test
  void shouldSayWhyAnUnfinishedAckTaskIsNotSynced() {
    GateDecision decision =
        quiet("c1").decide(active().quiet("c1").ackTask(running("a").syncProblem("Throttled.")));

    assertEquals("TaskNotSynced", condition(decision, "Synced").reason());
  }

  @Test
  void shouldWaitForAMissingDiscoveryWhateverTheListsSay() {
    assertEquals(
        "Unknown DiscoveryNotFound 0/1 AckTaskDiscovery all",
        summary(quiet("c1").decide(GateLists.of(Discovery.MISSING).quiet("c1"))));
  }

  @Test
  void shouldWaitForASuspendedDiscoveryBeforeItsRunningTasks() {
    assertEquals(
        "Unknown DiscoveryNotActive 0/1 AckTaskDiscovery all",
        summary(quiet("c1").decide(GateLists.of(Discovery.INACTIVE).running("c1", 1, "T-1"))));
  }

  @Test
  void shouldReadEachClusterOnceWhateverTheOrder() {
    assertEquals(
        quiet("c1", "c2").decide(active().quiet("c2")),
        quiet("c2", "c1").decide(active().quiet("c2")));
  }
}
