package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code refresh} concludes from the answers of an API server. */
class RefreshTest {
  /** The object that the fake kubectl annotates, and the time at which it does. */
  private static final String UID = "00000000-0000-0000-0000-000000000001";

  private static final String REQUESTED = "2026-03-05T02:25:00Z";
  private static final String NO_EVENTS = "{\"items\": []}";

  @TempDir Path folder;

  @Test
  void shouldSucceedWhenThePollWasAnswered() throws IOException {
    CommandResult result = refresh(answered("running"));

    assertEquals(0, result.exitCode(), result::toString);
    assertTrue(
        result.stdout().startsWith("acktask/x: refreshed, Running Running: "), result::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paused", "stalled", "pending"})
  void shouldExitWithTwoWhenThePollHasFailed(String object) throws IOException {
    CommandResult result = refresh(answered(object));

    assertEquals(2, result.exitCode(), result::toString);
    assertEquals("", result.stdout());
    assertTrue(result.stderr().contains("the refresh of acktask/x failed: "), result::toString);
  }

  @Test
  void shouldPrintTheCauseOfAFailedPoll() throws IOException {
    String failed =
        answered("running")
            .replace(
                "\"type\": \"Synced\",\n    \"status\": \"True\",\n    \"reason\": \"Observed\"",
                "\"type\": \"Synced\",\n    \"status\": \"False\",\n    \"reason\": \"Throttled\"");

    CommandResult result = refresh(failed);

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("failed: Throttled: "), result::toString);
  }

  @Test
  void shouldNotClaimThatAFinishedTaskWasRefreshed() throws IOException {
    CommandResult result = refresh(answered("succeeded"), NO_EVENTS);

    assertEquals(0, result.exitCode(), result::toString);
    assertEquals(
        """
        acktask/x: the poll was answered; the verdict on a finished task stays, \
        Succeeded TaskSucceeded: cluster_upgrade succeeded.
        A failed or contradicting poll is reported by a Warning event RefreshFailed or \
        VerdictContradicted of acktask/x alone: so far there is none
        """,
        result.stdout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RefreshFailed", "VerdictContradicted"})
  void shouldExitWithTwoWhenAnEventReportsThePoll(String reason) throws IOException {
    CommandResult result = refresh(answered("succeeded"), event(UID, "Warning", reason, REQUESTED));

    assertEquals(2, result.exitCode(), result::toString);
    assertEquals("", result.stdout());
    assertTrue(
        result.stderr().contains("stays, Succeeded TaskSucceeded")
            && result.stderr().contains("(" + reason + ": why)"),
        result::toString);
  }

  /** The operator writes the event after the status. */
  @Test
  void shouldNoticeAnEventThatIsWrittenLater() throws IOException {
    String event = event(UID, "Warning", "RefreshFailed", REQUESTED);

    CommandResult result = refresh(answered("succeeded"), NO_EVENTS, event);

    assertEquals(2, result.exitCode(), result::toString);
  }

  @Test
  void shouldIgnoreEventsOfOtherPollsAndObjects() throws IOException {
    for (String event :
        List.of(
            event(UID, "Warning", "RefreshFailed", "2026-03-05T02:24:59Z"),
            event("another", "Warning", "RefreshFailed", REQUESTED),
            event(UID, "Normal", "RefreshFailed", REQUESTED),
            event(UID, "Warning", "TaskFailed", REQUESTED))) {
      CommandResult result = refresh(answered("succeeded"), event);

      assertEquals(0, result.exitCode(), result::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error: Error from server (Forbidden): no", "{}", "<html>"})
  void shouldSayWhenTheEventsCannotBeRead(String answer) throws IOException {
    CommandResult result = refresh(answered("succeeded"), answer);

    assertEquals(0, result.exitCode(), result::toString);
    assertTrue(result.stdout().endsWith(" alone: the events cannot be read\n"), result::toString);
  }

  @Test
  void shouldEndWhenAnotherRequestReplacesTheRefresh() throws IOException {
    String replaced =
        Plugin.object("running")
            .replace(
                "\"creationTimestamp\"",
                "\"annotations\": {\"acktask.dev/refresh-requested-at\": \"later\"},"
                    + " \"creationTimestamp\"");

    CommandResult result = Plugin.in(folder).answering(replaced).run("refresh", "upgrade-web-pool");

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("has replaced"), result::toString);
  }

  @Test
  void shouldNotTakeTheAnswerOfAnotherObjectOfThisName() throws IOException {
    CommandResult result =
        Plugin.in(folder).answering(Plugin.object("succeeded")).run("refresh", "x");

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("was deleted"), result::toString);
  }

  @Test
  void shouldRequestARefreshWithoutWaitingForIt() throws IOException {
    Plugin plugin = Plugin.in(folder);

    plugin.run("refresh", "x", "--no-wait=true").orThrow();

    assertEquals(1, plugin.calls().size());
    assertTrue(
        plugin.calls().get(0).contains("--overwrite acktask.dev/refresh-requested-at=20"),
        plugin.calls()::toString);
  }

  @Test
  void shouldWaitForTheAnswerWhenNoWaitIsFalse() throws IOException {
    CommandResult result =
        Plugin.in(folder).answering(answered("running")).run("refresh", "x", "--no-wait=false");

    assertTrue(result.stdout().contains(": refreshed, "), result::toString);
  }

  private CommandResult refresh(String... answers) throws IOException {
    Files.deleteIfExists(folder.resolve("count"));
    return Plugin.in(folder).answering(answers).run("refresh", "x");
  }

  /** The object after the answer to the request. */
  private static String answered(String object) throws IOException {
    return Plugin.object(object)
        .replaceFirst("\"uid\": \"[^\"]*\"", "\"uid\": \"" + UID + "\"")
        .replaceFirst("\"status\": \\{", "\"status\": {\"lastHandledRefreshAt\": \"REQUESTED\",");
  }

  private static String event(String uid, String type, String reason, String created) {
    return """
        {"items": [{"involvedObject": {"uid": "%s"}, "type": "%s", "reason": "%s",
          "metadata": {"creationTimestamp": "%s"}, "message": "why"}]}
        """
        .formatted(uid, type, reason, created);
  }
}
