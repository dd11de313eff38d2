package dev.acktask.operator.gate;

import static dev.acktask.operator.gate.GateTasks.allSucceeded;
import static dev.acktask.operator.gate.GateTasks.failed;
import static dev.acktask.operator.gate.GateTasks.notObserved;
import static dev.acktask.operator.gate.GateTasks.running;
import static dev.acktask.operator.gate.GateTasks.succeeded;
import static dev.acktask.operator.gate.Gates.condition;
import static dev.acktask.operator.gate.Gates.naming;
import static dev.acktask.operator.gate.Gates.selecting;
import static dev.acktask.operator.gate.Gates.summary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AllSucceededRulesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void shouldWaitForAnEmptySelection() {
    assertEquals("Unknown TasksMissing 0/5 5 missing", summary(selecting(5).decide()));
  }

  @Test
  void shouldWaitForNamesThatDoNotExist() {
    assertEquals("Unknown TasksMissing 0/2 a, b", summary(naming("b", "a").decide()));
  }

  @Test
  void shouldOpenOnExactlyTheCount() {
    assertEquals("True AllSucceeded 5/5 -", summary(selecting(5).decide(allSucceeded(5))));
  }

  @Test
  void shouldWaitForTheFifthOfFive() {
    assertEquals(
        "Unknown TasksMissing 4/5 1 missing", summary(selecting(5).decide(allSucceeded(4))));
  }

  @Test
  void shouldWaitWithSixOfFiveAndSayWhichLabelSelectsThem() {
    GateDecision decision = selecting(5).decide(allSucceeded(6));

    assertEquals("Unknown TooManyTasks 6/5 a, b, c, d, e, f", summary(decision));
    assertTrue(condition(decision, "Succeeded").message().contains("change=4711"));
  }

  @Test
  void shouldCountATaskOnceThatTwoAckTasksMirror() {
    GateTasks again = succeeded("again").taskId("d");

    assertEquals(
        "Unknown TasksMissing 4/5 1 missing",
        summary(
            selecting(5)
                .decide(succeeded("a"), succeeded("b"), succeeded("c"), succeeded("d"), again)));
  }

  @Test
  void shouldNameTheNumberOfTasksAndNotOfAckTasks() {
    GateTasks again = succeeded("again").taskId("a");

    GateDecision decision = selecting(1).decide(succeeded("a"), succeeded("b"), again);

    assertTrue(condition(decision, "Succeeded").message().contains("2 tasks, but spec.count is 1"));
  }

  @Test
  void shouldWaitForEachAckTaskOfATask() {
    GateTasks again = running("again").taskId("a");

    assertEquals(
        "Unknown TasksRunning 1/2 again",
        summary(selecting(2).decide(succeeded("a"), succeeded("b"), again)));
  }

  @Test
  void shouldWaitWithARunningTaskBesideTheCount() {
    List<GateTasks> tasks = new ArrayList<>(allSucceeded(5));
    tasks.add(running("z"));

    assertEquals("Unknown TooManyTasks 5/5 a, b, c, d, e, z", summary(selecting(5).decide(tasks)));
  }

  @Test
  void shouldOpenOnTheNamedTasksWhateverElseExists() {
    assertEquals(
        "True AllSucceeded 2/2 -",
        summary(naming("a", "b").decide(succeeded("a"), succeeded("b"), failed("c"))));
  }

  @Test
  void shouldWaitForADeletedTask() {
    assertEquals("Unknown TasksMissing 1/2 b", summary(naming("a", "b").decide(succeeded("a"))));
  }

  @Test
  void shouldWaitForATaskThatIsNotObserved() {
    assertEquals(
        "Unknown TasksRunning 1/2 b",
        summary(naming("a", "b").decide(succeeded("a"), notObserved("b"))));
  }

  @Test
  void shouldWaitForASelectedTaskThatIsNotObserved() {
    assertEquals(
        "Unknown TasksRunning 1/2 b",
        summary(selecting(2).decide(succeeded("a"), notObserved("b"))));
  }

  @Test
  void shouldWaitForASuspendedTaskAndNameItsPhase() {
    GateDecision decision = naming("a").decide(running("a").phase(Phase.PAUSED));

    assertEquals("Unknown TasksRunning 0/1 a", summary(decision));
    assertEquals(
        "0 of 1 tasks succeeded. Unfinished: a (Paused).",
        condition(decision, "Succeeded").message());
  }

  @Test
  void shouldNotCountATaskThatIsOlderThanSince() {
    GateTasks old = succeeded("b").created(Gates.CREATED.minus(HOUR).minusMillis(1));

    assertEquals(
        "Unknown TasksMissing 1/2 1 missing", summary(selecting(2).decide(succeeded("a"), old)));
  }

  @Test
  void shouldCountATaskThatIsExactlyAsOldAsSince() {
    GateTasks oldest = succeeded("b").created(Gates.CREATED.minus(HOUR));

    assertEquals("True AllSucceeded 2/2 -", summary(selecting(2).decide(succeeded("a"), oldest)));
  }

  @Test
  void shouldCountATaskThatWasCreatedAfterTheGate() {
    GateTasks later = succeeded("b").created(Gates.CREATED.plusSeconds(60));

    assertEquals("True AllSucceeded 2/2 -", summary(selecting(2).decide(succeeded("a"), later)));
  }

  @Test
  void shouldNotCloseByAFailureThatIsOlderThanSince() {
    GateTasks old = failed("b").created(Gates.CREATED.minus(HOUR).minusMillis(1));

    assertEquals("True AllSucceeded 1/1 -", summary(selecting(1).decide(succeeded("a"), old)));
  }

  @Test
  void shouldWaitForASuccessOfUnknownAge() {
    GateDecision decision = selecting(2).decide(succeeded("a"), succeeded("b").created(null));

    assertEquals("Unknown TasksMissing 1/2 b", summary(decision));
    assertTrue(condition(decision, "Succeeded").message().contains("spec.taskRefs"));
  }

  @Test
  void shouldCloseByAFailureOfUnknownAge() {
    assertEquals(
        "False TaskNotSucceeded 1/2 b",
        summary(selecting(2).decide(succeeded("a"), failed("b").created(null))));
  }

  @Test
  void shouldNotAskForTheAgeOfANamedTask() {
    assertEquals(
        "True AllSucceeded 1/1 -", summary(naming("a").decide(succeeded("a").created(null))));
  }

  @Test
  void shouldSelectNothingForAGateOfUnknownAge() {
    assertEquals(
        "Unknown TasksMissing 0/1 1 missing",
        summary(selecting(1).created(null).decide(succeeded("a"), failed("b"))));
  }

  @Test
  void shouldCloseByOneFailureWhileOthersAreMissing() {
    GateDecision decision = naming("a", "b", "c").decide(failed("b"), running("c"));

    assertEquals("False TaskNotSucceeded 0/3 b", summary(decision));
    assertEquals(
        "AckTask b did not succeed: b failed: no quota.",
        condition(decision, "Succeeded").message());
  }

  @Test
  void shouldCloseByOneFailureAmongTooManyTasks() {
    List<GateTasks> tasks = new ArrayList<>(allSucceeded(6));
    tasks.add(failed("z"));

    assertEquals("False TaskNotSucceeded 6/5 z", summary(selecting(5).decide(tasks)));
  }

  @Test
  void shouldCloseByAStalledTask() {
    GateTasks stalled = failed("a").phase(Phase.STALLED).message("The cloud does not know it.");

    assertEquals("False TaskNotSucceeded 0/1 a", summary(naming("a").decide(stalled)));
  }

  @Test
  void shouldNameAllFailures() {
    GateDecision decision = naming("a", "b", "c").decide(failed("c"), failed("a"), failed("b"));

    assertEquals("False TaskNotSucceeded 0/3 a, b, c", summary(decision));
    assertEquals(
        "AckTask a did not succeed: a failed: no quota. These did not succeed either: b, c.",
        condition(decision, "Succeeded").message());
  }

  @Test
  void shouldNameTheFailureThatHasNoMessage() {
    assertEquals(
        "AckTask a did not succeed.",
        condition(naming("a").decide(failed("a").message("")), "Succeeded").message());
  }

  @Test
  void shouldSayWhichTaskIsNotSynced() {
    GateDecision decision =
        naming("a", "b").decide(running("b").syncProblem("Throttled."), running("a"));

    assertEquals("TaskNotSynced", condition(decision, "Synced").reason());
    assertEquals("AckTask b: Throttled.", condition(decision, "Synced").message());
  }

  @Test
  void shouldRefuseARepeatedTask() {
    GateTask task = succeeded("a").build();

    assertThrows(IllegalArgumentException.class, () -> new GateEvidence.Tasks(List.of(task, task)));
  }
}
