package dev.acktask.e2e.history;

import static dev.acktask.e2e.history.ForgedHistory.INTERVAL;
import static dev.acktask.e2e.history.ForgedHistory.running;
import static dev.acktask.e2e.history.HistoryAssertions.assertAccepted;
import static dev.acktask.e2e.history.HistoryAssertions.assertRejected;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The checker accepts and rejects gates that open. */
class GateCheckerTest {
  @Test
  void shouldAcceptAGateThatOpensAfterItsTasks() {
    assertAccepted(succeeded().gate("Waiting", "task").gate("Succeeded", "task"));
    assertAccepted(succeeded().label("change", "v2").gate("Succeeded", "change", "v2", 1));
  }

  @Test
  void shouldRejectS10WhenATaskStillRuns() {
    assertRejected(Invariant.S10, running().gate("Succeeded", "task"));
  }

  @Test
  void shouldRejectS10WhenATaskIsMissing() {
    assertRejected(Invariant.S10, succeeded().gate("Succeeded", "task", "other"));
  }

  @Test
  void shouldRejectS10WhenTheTaskWasDeletedLongBefore() {
    assertRejected(
        Invariant.S10, succeeded().delete().pass(Duration.ofMinutes(1)).gate("Succeeded", "task"));
  }

  @Test
  void shouldAcceptAGateThatOpensWhileItsTaskIsDeleted() {
    assertAccepted(succeeded().delete().pass(INTERVAL).gate("Succeeded", "task"));
  }

  @Test
  void shouldRejectS10WhenFewerAreSelectedThanCounted() {
    assertRejected(Invariant.S10, succeeded().gate("Succeeded", "change", "v2", 1));
    assertRejected(
        Invariant.S10, succeeded().label("change", "v2").gate("Succeeded", "change", "v2", 2));
  }

  @Test
  void shouldAcceptAnOpenGateWhoseTaskIsDeletedLater() {
    assertAccepted(
        succeeded()
            .gate("Succeeded", "task")
            .delete()
            .pass(Duration.ofMinutes(1))
            .gate("Succeeded", "task"));
  }

  @Test
  void shouldRejectS10OnlyOfTheOperator() {
    assertAccepted(running().forgeGate("Succeeded", "task").gate("Waiting", "task"));
    assertRejected(
        Invariant.S10, running().forgeGate("Succeeded", "task").gate("Succeeded", "task"));
  }

  private static ForgedHistory succeeded() {
    return running().answer("success").report("Succeeded");
  }
}
