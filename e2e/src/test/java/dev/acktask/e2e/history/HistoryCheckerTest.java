package dev.acktask.e2e.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker accepts what may happen and rejects, for each invariant, what may not. */
class HistoryCheckerTest {
  private static final Duration POLL = Duration.ofSeconds(1);

  @Test
  void shouldAcceptWhenATaskSucceeds() {
    assertAccepted(running().answer("success").show("Succeeded"));
  }

  @Test
  void shouldAcceptWhenATaskFails() {
    assertAccepted(running().answer(" FAILED ").show("Failed"));
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
            .show("Failed"));
  }

  @Test
  void shouldAcceptWhenAFinishedObjectAcknowledgesAnEdit() {
    assertAccepted(
        running().answer("success").show("Succeeded").editSpec().pass(POLL).show("Succeeded"));
  }

  @Test
  void shouldAcceptWhenAForgedStatusIsCorrected() {
    assertAccepted(
        running().forge("Succeeded").pass(POLL).answer("fail").show("Failed").pass(POLL));
  }

  @Test
  void shouldAcceptWhenAnObjectIsRecreatedAndAskedAnew() {
    assertAccepted(
        running()
            .answer("success")
            .show("Succeeded")
            .delete()
            .pass(POLL)
            .create("T-1")
            .answer("success")
            .show("Succeeded"));
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
  void shouldRejectS1WhenNoAnswerSaysSuccess(String body) {
    assertRejected(Invariant.S1, running().answer(200, body).show("Succeeded"));
  }

  @Test
  void shouldRejectS1WhenSuccessCameWithAnErrorStatus() {
    assertRejected(
        Invariant.S1,
        running().answer(500, "{\"task_id\":\"T-1\",\"state\":\"success\"}").show("Succeeded"));
  }

  @Test
  void shouldRejectS1WhenSuccessIsShownBeforeTheCloudSaysIt() {
    assertRejected(
        Invariant.S1, running().show("Succeeded").pass(Duration.ofMillis(1)).answer("success"));
  }

  @Test
  void shouldRejectS1WhenSuccessIsOfATaskOfAnotherCluster() {
    assertRejected(
        Invariant.S1,
        new ForgedHistory()
            .create("T-1", "c-1")
            .answer(200, "{\"task_id\":\"T-1\",\"cluster_id\":\"c-2\",\"state\":\"success\"}")
            .show("Succeeded"));
  }

  @Test
  void shouldRejectS1WhenOneConditionAloneOpensAGate() {
    // given
    ObjectNode status = ForgedHistory.status("Running", "T-1", 1);
    ((ObjectNode) status.at("/conditions/0")).put("status", "True");

    // then
    assertRejected(Invariant.S1, running().show(status));
  }

  @Test
  void shouldRejectS2WhenAFailureIsNeverShown() {
    assertRejected(Invariant.S2, running().answer("failed"));
  }

  @Test
  void shouldRejectS2WhenAFailureIsShownTooLate() {
    assertRejected(
        Invariant.S2, running().answer("failed").pass(Duration.ofMinutes(5)).show("Failed"));
  }

  @Test
  void shouldRejectS2WhenAFailureLeavesAgain() {
    assertRejected(
        Invariant.S2, running().answer("failed").show("Failed").pass(POLL).show("Running"));
  }

  @Test
  void shouldRejectS3WhenARecreatedObjectShowsTheOldVerdict() {
    assertRejected(
        Invariant.S3,
        running().answer("failed").show("Failed").delete().pass(POLL).create("T-1").show("Failed"));
  }

  @Test
  void shouldRejectS3WhenTheStatusSpeaksOfAnotherTask() {
    assertRejected(Invariant.S3, running().show(ForgedHistory.status("Running", "T-9", 1)));
  }

  @Test
  void shouldRejectS3WhenAConditionSpeaksOfAnotherGeneration() {
    // given
    ObjectNode status = ForgedHistory.status("Running", "T-1", 2);
    ((ObjectNode) status.at("/conditions/1")).put("observedGeneration", 1);

    // then
    assertRejected(Invariant.S3, running().editSpec().show(status));
  }

  @Test
  void shouldRejectS3WhenTheStatusRunsAheadOfTheSpec() {
    assertRejected(Invariant.S3, running().show(ForgedHistory.status("Running", "T-1", 2)));
  }

  @Test
  void shouldRejectS4WhenAFailureTurnsIntoASuccess() {
    assertRejected(
        Invariant.S4,
        running().answer("failed").show("Failed").pass(POLL).answer("success").show("Succeeded"));
  }

  @Test
  void shouldRejectS4WhenASuccessTurnsIntoAFailure() {
    assertRejected(
        Invariant.S4,
        running().answer("success").show("Succeeded").pass(POLL).answer("failed").show("Failed"));
  }

  @Test
  void shouldRejectGatesWhenARunningTaskIsReadAsCurrent() {
    // given
    ObjectNode status = ForgedHistory.status("Running", "T-1", 1);
    status.putArray("conditions");

    // then
    assertRejected(Invariant.GATES, running().show(status));
  }

  @Test
  void shouldRejectGatesWhenAFailureIsNotStalled() {
    // given
    ObjectNode status = ForgedHistory.status("Failed", "T-1", 1);
    ForgedHistory.condition(status.putArray("conditions"), "Ready", "False", 1);
    ForgedHistory.condition(status.withArray("conditions"), "Reconciling", "True", 1);
    ForgedHistory.condition(status.withArray("conditions"), "Stalled", "True", 1);

    // then
    assertRejected(Invariant.GATES, running().answer("failed").show(status));
  }

  @Test
  void shouldRejectS5WhenTheTruthIsNeverReached() {
    assertRejected(Invariant.S5, running().answer("success"));
  }

  @Test
  void shouldRejectS5WhenAFinishedObjectIsWrittenAgain() {
    // given
    ObjectNode again = ForgedHistory.status("Succeeded", "T-1", 1).put("message", "again");

    // then
    assertRejected(
        Invariant.S5, running().answer("success").show("Succeeded").pass(POLL).show(again));
  }

  @Test
  void shouldRejectS6WhenTheCloudIsAskedTooOften() {
    // given
    ForgedHistory history = running();
    for (int i = 0; i < 50; i++) {
      history.pass(Duration.ofMillis(10)).answer("running");
    }

    // then
    assertRejected(Invariant.S6, history.answer("success").show("Succeeded"));
  }

  @Test
  void shouldRejectS6WhenTheCloudIsAskedAfterTheEnd() {
    assertRejected(
        Invariant.S6,
        running().answer("success").show("Succeeded").pass(Duration.ofMinutes(1)).answer("x"));
  }

  @Test
  void shouldRejectS6WhenTheStatusIsWrittenWithoutAChange() {
    // given
    ForgedHistory history = running();
    for (int i = 0; i < 10; i++) {
      ObjectNode beat = ForgedHistory.status("Running", "T-1", 1).put("lastPoll", i);
      history.pass(POLL).answer("running").show(beat);
    }

    // then
    assertRejected(Invariant.S6, history);
  }

  @Test
  void shouldRejectS7WhenTheSecretOfAnotherNamespaceIsRead() {
    assertRejected(Invariant.S7, running().nameSecret("ns", "keys").readSecret("other", "keys"));
  }

  @Test
  void shouldRejectS7WhenSecretsAreListed() {
    assertRejected(Invariant.S7, running().nameSecret("ns", "keys").readSecret("ns", ""));
  }

  @Test
  void shouldAcceptWhenTheNamedSecretIsRead() {
    assertAccepted(running().nameSecret("ns", "keys").readSecret("ns", "keys"));
  }

  @Test
  void shouldRejectS8WhenASecretIsLogged() {
    assertRejected(Invariant.S8, running().plant("c4n4ry").log("signed with c4n4ry"));
  }

  @Test
  void shouldRejectS8WhenASecretIsShown() {
    // given
    ObjectNode status = ForgedHistory.status("Running", "T-1", 1).put("parameters", "p=c4n4ry");

    // then
    assertRejected(
        Invariant.S8, running().plant("c4n4ry").pass(POLL).answer("paused").show(status));
  }

  private static ForgedHistory running() {
    return new ForgedHistory()
        .create("T-1")
        .pass(POLL)
        .answer("running")
        .show("Running")
        .pass(POLL);
  }

  private static void assertAccepted(ForgedHistory history) {
    assertEquals(List.of(), HistoryChecker.check(history.end()));
  }

  private static void assertRejected(Invariant invariant, ForgedHistory history) {
    List<Violation> violations = HistoryChecker.check(history.end());
    Set<Invariant> broken =
        violations.stream().map(Violation::invariant).collect(Collectors.toSet());
    assertTrue(broken.contains(invariant), () -> invariant + " not among " + violations);
  }
}
