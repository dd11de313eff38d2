package dev.acktask.e2e.history;

import static dev.acktask.e2e.history.ForgedHistory.INTERVAL;
import static dev.acktask.e2e.history.ForgedHistory.running;
import static dev.acktask.e2e.history.HistoryAssertions.assertAccepted;
import static dev.acktask.e2e.history.HistoryAssertions.assertRejected;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker accepts what may happen and rejects, for each invariant, what may not. */
class StatusCheckerTest {
  @Test
  void shouldAcceptWhenATaskSucceeds() {
    assertAccepted(running().answer("success").report("Succeeded"));
  }

  @Test
  void shouldAcceptWhenATaskFails() {
    assertAccepted(running().answer(" FAILED ").report("Failed"));
  }

  @Test
  void shouldAcceptWhenResultsFailUnderStrict() {
    assertAccepted(
        running()
            .answer(
                200,
                """
                {"task_id": "T-1", "state": "success", "task_result": [{"status": "failed"}]}
                """)
            .report("Failed"));
  }

  @Test
  void shouldAcceptWhenAFinishedObjectAcknowledgesAnEdit() {
    assertAccepted(
        running()
            .answer("success")
            .report("Succeeded")
            .editSpec()
            .pass(INTERVAL)
            .report("Succeeded"));
  }

  @Test
  void shouldAcceptWhenAForgedStatusIsCorrected() {
    assertAccepted(
        running().forge("Succeeded").pass(INTERVAL).answer("fail").report("Failed").pass(INTERVAL));
  }

  @Test
  void shouldAcceptWhenARecreatedObjectIsPolledAgain() {
    assertAccepted(
        running()
            .answer("success")
            .report("Succeeded")
            .delete()
            .pass(INTERVAL)
            .create("T-1")
            .answer("success")
            .report("Succeeded"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"task_id\":\"T-1\",\"state\":\"running\"}",
        "{\"task_id\":\"T-1\",\"state\":\"Success\"}",
        "{\"task_id\":\"T-1\",\"state\":\" success\"}",
        "{\"task_id\":\"T-2\",\"state\":\"success\"}",
        "{\"state\":\"success\"}",
        "{\"task_id\":\"T-1\",\"state\":\"failed\",\"state\":\"success\"}",
        "{\"task_id\":\"T-1\",\"state\":\"success\"} trailing",
        "{\"task_id\":\"T-1\",\"state\":\"success\"",
      })
  void shouldRejectS1WhenNoAnswerIsASuccess(String body) {
    assertRejected(Invariant.S1, running().answer(200, body).report("Succeeded"));
  }

  @Test
  void shouldRejectS1WhenSuccessCameWithAnErrorStatus() {
    assertRejected(
        Invariant.S1,
        running().answer(500, "{\"task_id\":\"T-1\",\"state\":\"success\"}").report("Succeeded"));
  }

  @Test
  void shouldRejectS1WhenSuccessIsReportedBeforeItsAnswer() {
    assertRejected(
        Invariant.S1, running().report("Succeeded").pass(Duration.ofMillis(1)).answer("success"));
  }

  @Test
  void shouldRejectS1WhenSuccessIsOfATaskOfAnotherCluster() {
    assertRejected(
        Invariant.S1,
        new ForgedHistory()
            .create("T-1", "c-1")
            .answer(200, "{\"task_id\":\"T-1\",\"cluster_id\":\"c-2\",\"state\":\"success\"}")
            .report("Succeeded"));
  }

  @Test
  void shouldRejectS1WhenOneConditionAloneOpensAGate() {
    // given
    ObjectNode status = ForgedHistory.status("Running", "T-1", 1);
    ((ObjectNode) status.at("/conditions/0")).put("status", "True");

    // then
    assertRejected(Invariant.S1, running().report(status));
  }

  @Test
  void shouldRejectS2WhenAFailureIsNeverReported() {
    assertRejected(Invariant.S2, running().answer("failed"));
  }

  @Test
  void shouldRejectS2WhenAFailureIsReportedTooLate() {
    assertRejected(
        Invariant.S2, running().answer("failed").pass(Duration.ofMinutes(5)).report("Failed"));
  }

  @Test
  void shouldRejectS2WhenAFailureDisappears() {
    assertRejected(
        Invariant.S2, running().answer("failed").report("Failed").pass(INTERVAL).report("Running"));
  }

  @Test
  void shouldRejectS3WhenARecreatedObjectReportsTheOldVerdict() {
    assertRejected(
        Invariant.S3,
        running()
            .answer("failed")
            .report("Failed")
            .delete()
            .pass(INTERVAL)
            .create("T-1")
            .report("Failed"));
  }

  @Test
  void shouldRejectS3WhenTheStatusIsOfAnotherTask() {
    assertRejected(Invariant.S3, running().report(ForgedHistory.status("Running", "T-9", 1)));
  }

  @Test
  void shouldRejectS3WhenAConditionIsOfAnotherGeneration() {
    // given
    ObjectNode status = ForgedHistory.status("Running", "T-1", 2);
    ((ObjectNode) status.at("/conditions/1")).put("observedGeneration", 1);

    // then
    assertRejected(Invariant.S3, running().editSpec().report(status));
  }

  @Test
  void shouldRejectS3WhenTheStatusRunsAheadOfTheSpec() {
    assertRejected(Invariant.S3, running().report(ForgedHistory.status("Running", "T-1", 2)));
  }

  @Test
  void shouldRejectS4WhenAFailureTurnsIntoASuccess() {
    assertRejected(
        Invariant.S4,
        running()
            .answer("failed")
            .report("Failed")
            .pass(INTERVAL)
            .answer("success")
            .report("Succeeded"));
  }

  @Test
  void shouldRejectS4WhenASuccessTurnsIntoAFailure() {
    assertRejected(
        Invariant.S4,
        running()
            .answer("success")
            .report("Succeeded")
            .pass(INTERVAL)
            .answer("failed")
            .report("Failed"));
  }

  @Test
  void shouldRejectGatesWhenARunningTaskIsReadAsCurrent() {
    // given
    ObjectNode status = ForgedHistory.status("Running", "T-1", 1);
    status.putArray("conditions");

    // then
    assertRejected(Invariant.GATES, running().report(status));
  }

  @Test
  void shouldRejectGatesWhenAFailureIsNotStalled() {
    // given
    ObjectNode status = ForgedHistory.status("Failed", "T-1", 1);
    ForgedHistory.condition(status.putArray("conditions"), "Ready", "False", 1);
    ForgedHistory.condition(status.withArray("conditions"), "Reconciling", "True", 1);
    ForgedHistory.condition(status.withArray("conditions"), "Stalled", "True", 1);

    // then
    assertRejected(Invariant.GATES, running().answer("failed").report(status));
  }

  @Test
  void shouldRejectS5WhenTheVerdictIsNeverReached() {
    assertRejected(Invariant.S5, running().answer("success"));
  }

  @Test
  void shouldRejectS5WhenAFinishedObjectIsWrittenAgain() {
    // given
    ObjectNode again = ForgedHistory.status("Succeeded", "T-1", 1).put("message", "again");

    // then
    assertRejected(
        Invariant.S5, running().answer("success").report("Succeeded").pass(INTERVAL).report(again));
  }

  @Test
  void shouldRejectS1WhenOnlyAnotherRegionReportsSuccess() {
    assertRejected(
        Invariant.S1,
        running().region("cn-beijing").answer("success").region("cn-hangzhou").report("Succeeded"));
  }
}
