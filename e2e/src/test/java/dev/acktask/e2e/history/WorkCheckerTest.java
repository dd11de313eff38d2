package dev.acktask.e2e.history;

import static dev.acktask.e2e.history.ForgedHistory.INTERVAL;
import static dev.acktask.e2e.history.ForgedHistory.running;
import static dev.acktask.e2e.history.HistoryAssertions.assertAccepted;
import static dev.acktask.e2e.history.HistoryAssertions.assertRejected;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker rejects requests and writes without a reason. */
class WorkCheckerTest {
  @Test
  void shouldRejectS6WhenTheTaskIsPolledTooOften() {
    // given
    ForgedHistory history = running();
    for (int i = 0; i < 50; i++) {
      history.pass(Duration.ofMillis(10)).answer("running");
    }

    // then
    assertRejected(Invariant.S6, history.answer("success").report("Succeeded"));
  }

  @Test
  void shouldAcceptAPollForEachChangeThatAListAnnounces() {
    // given
    ForgedHistory history = running();
    for (String state : List.of("pausing", "paused", "resuming", "running", "pausing", "paused")) {
      history.pass(Duration.ofMillis(10)).list("c1", "T-1").answer(state).report(phase(state));
    }

    // then
    assertAccepted(history.answer("success").report("Succeeded"));
  }

  private static String phase(String state) {
    return state.equals("paused") ? "Paused" : "Running";
  }

  @Test
  void shouldRejectS6WhenTheTaskIsPolledAfterItsEnd() {
    assertRejected(
        Invariant.S6,
        running().answer("success").report("Succeeded").pass(Duration.ofMinutes(1)).answer("x"));
  }

  @Test
  void shouldRejectS6WhenTheStatusIsWrittenWithoutAChange() {
    // given
    ForgedHistory history = running();
    for (int i = 0; i < 10; i++) {
      ObjectNode beat = ForgedHistory.status("Running", "T-1", 1).put("lastPoll", i);
      history.pass(INTERVAL).answer("running").report(beat);
    }

    // then
    assertRejected(Invariant.S6, history);
  }

  @Test
  void shouldRejectS6WhenTheTaskIsPolledInARegionOfNoObject() {
    assertRejected(Invariant.S6, running().region("cn-beijing").answer("running"));
  }
}
