package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code wait} concludes from the answers of an API server. */
class WaitTest {
  private static final String NAME = "upgrade-control-plane";
  private static final String UNREACHABLE =
      "error: E0305 memcache.go\n"
          + "error: The connection to the server 10.0.0.1:6443 was refused";

  @TempDir Path folder;

  @Test
  void shouldExitWithZeroWhenTheTaskHasSucceeded() throws IOException {
    CommandResult result = waitFor(succeeded());

    assertEquals(0, result.exitCode(), result::toString);
    assertEquals(
        "acktask/" + NAME + ": Succeeded TaskSucceeded: cluster_upgrade succeeded.\n",
        result.stdout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed:upgrade-batch-pool", "stalled:scale-out", "hostile:hostile"})
  void shouldExitWithOneWhenTheTaskHasNotSucceeded(String task) throws IOException {
    String[] fileAndName = task.split(":", -1);
    CommandResult result =
        Plugin.in(folder).answering(Plugin.object(fileAndName[0])).run("wait", fileAndName[1]);

    assertEquals(1, result.exitCode(), result::toString);
    assertEquals(1, result.stdout().lines().count(), result::toString);
    assertTrue(printable(result), result::toString);
  }

  @Test
  void shouldWaitWhileTheApiServerIsAway() throws IOException {
    CommandResult result = waitFor(running(), UNREACHABLE, UNREACHABLE, running(), succeeded());

    assertEquals(0, result.exitCode(), result::toString);
    assertTrue(
        result.stderr().contains("trying again: The connection to the server"), result::toString);
  }

  @Test
  void shouldEndWhenTheFirstReadFails() throws IOException {
    CommandResult result = waitFor(UNREACHABLE, UNREACHABLE, succeeded());

    assertEquals(2, result.exitCode(), result::toString);
  }

  /** The error of a failed read is read separately, and by then there may be none. */
  @Test
  void shouldContinueWhenTheApiServerAnswersAgainAtOnce() throws IOException {
    CommandResult result = waitFor(UNREACHABLE, running(), succeeded());

    assertEquals(0, result.exitCode(), result::toString);
  }

  @Test
  void shouldNotTakeTheVerdictOnAnotherObjectOfThisName() throws IOException {
    CommandResult result = waitFor(running(), succeeded().replace("0003\"", "0099\""));

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("deleted and created again"), result::toString);
  }

  @Test
  void shouldEndWhenTheObjectIsDeleted() throws IOException {
    CommandResult result = waitFor(running(), "nothing");

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("was deleted"), result::toString);
  }

  @Test
  void shouldEndWhenThereIsNoObject() throws IOException {
    assertEquals(2, waitFor("nothing", succeeded()).exitCode());
  }

  /** As after an edit that the operator has not observed. */
  @Test
  void shouldWaitWhenTheVerdictIsOnAnOlderSpec() throws IOException {
    String older = succeeded().replace("\"generation\": 1", "\"generation\": 2");

    CommandResult result = waitFor("1s", older);

    assertEquals(2, result.exitCode(), result::toString);
  }

  @Test
  void shouldWaitWhenOnlyThePhaseClaimsSuccess() throws IOException {
    String claimed = running().replace("\"phase\": \"Running\"", "\"phase\": \"Succeeded\"");

    assertEquals(2, waitFor("1s", claimed).exitCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "[]",
        "{\"kind\": \"AckTask\", \"status\": {\"phase\": \"Succeeded\"}}",
        "<html>200 OK Succeeded</html>",
        "{\"kind\": \"Status\", \"status\": \"Success\"}"
      })
  void shouldNotSucceedWhenTheAnswerIsNotTheObject(String answer) throws IOException {
    assertEquals(2, waitFor("1s", answer).exitCode());
  }

  /** Exit code 1 is for a verdict. */
  @Test
  void shouldHaveNoVerdictWhenTheAnswerIsBlank() throws IOException {
    assertEquals(2, waitFor("1s", " ").exitCode());
  }

  @Test
  void shouldContinueWhenALaterAnswerIsBlank() throws IOException {
    CommandResult result = waitFor(running(), " ", succeeded());

    assertEquals(0, result.exitCode(), result::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {">&-", ">/dev/full", "2>&-", "2>/dev/full", ">&- 2>&-"})
  void shouldKeepTheExitCodeWhenNothingCanBePrinted(String redirection) throws IOException {
    for (String shell : List.of("dash", "bash --posix")) {
      Map<String, Integer> expected =
          Map.of(
              "succeeded " + NAME,
              0,
              "running upgrade-web-pool",
              2,
              "pending nothing",
              2,
              "failed upgrade-batch-pool",
              1);
      for (Map.Entry<String, Integer> entry : expected.entrySet()) {
        String[] objectAndName = entry.getKey().split(" ", -1);
        CommandResult result =
            Plugin.in(folder, shell.split(" ", -1))
                .answering(Plugin.object(objectAndName[0]))
                .runRedirected(redirection, "wait", objectAndName[1], "--timeout", "1s");

        assertEquals(entry.getValue(), result.exitCode(), shell + " " + result);
      }
    }
  }

  /** The condition may be met by an earlier spec, for which there is no verdict. */
  @Test
  void shouldPauseWhenTheConditionIsMetWithoutAVerdict() throws IOException {
    Plugin plugin = Plugin.in(folder).answering(running(), succeeded()).meetingConditions();

    plugin.run("wait", NAME).orThrow();

    assertTrue(plugin.calls().contains("sleep 2"), plugin.calls()::toString);
  }

  @Test
  void shouldNotSucceedWhenTheAnswerIsCutOff() throws IOException {
    String whole = succeeded();

    assertEquals(2, waitFor("1s", whole.substring(0, whole.length() - 5)).exitCode());
    assertEquals(2, waitFor("1s", running(), whole.substring(0, whole.length() - 5)).exitCode());
  }

  @Test
  void shouldNotSucceedWhenAnotherObjectIsAnswered() throws IOException {
    assertEquals(2, waitFor("1s", succeeded().replace(NAME, "another")).exitCode());
    assertEquals(
        2, waitFor("1s", succeeded().replace("\"AckTask\"", "\"AckTaskGate\"")).exitCode());
  }

  @Test
  void shouldWaitForAGate() throws IOException {
    String gate = succeeded().replace("\"AckTask\"", "\"AckTaskGate\"");

    CommandResult result = Plugin.in(folder).answering(gate).run("wait", "gate/" + NAME);

    assertEquals(0, result.exitCode(), result::toString);
    assertTrue(
        result.stdout().startsWith("acktaskgate/" + NAME + ": Succeeded "), result::toString);
  }

  /** Such a gate never settles. */
  @Test
  void shouldWaitUntilItIsOpenWhenTheGateIsForNoTask() throws IOException {
    String gate =
        running()
            .replace("\"AckTask\"", "\"AckTaskGate\"")
            .replace("\"spec\": {", "\"spec\": {\"mode\": \"NoneRunning\",");
    Plugin plugin = Plugin.in(folder).answering(gate, "nothing");

    plugin.run("wait", "ackg/" + NAME);

    assertTrue(
        plugin.calls().stream()
            .anyMatch(call -> call.startsWith("wait ") && call.contains("condition=Succeeded")),
        () -> "no wait for Succeeded");
  }

  @Test
  void shouldPassOptionsOnToKubectl() throws IOException {
    Plugin plugin = Plugin.in(folder).answering(succeeded());

    plugin.run("wait", "--context", "a b", NAME, "-nshop", "--kubeconfig=/x'y").orThrow();

    assertEquals(
        List.of("--context=a b", "--namespace=shop", "--kubeconfig=/x'y"),
        Files.readAllLines(folder.resolve("arguments")).subList(6, 9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait",
        "wait -n",
        "wait a b",
        "wait --timeout",
        "wait x --timeout soon",
        "wait x --timeout 5",
        "wait x --events 3",
        "wait x -o yaml",
        "wait pod/x",
        "wait ../x",
        "wait UPPER",
        "wait x --unknown",
        "nonsense"
      })
  void shouldExitWith64WhenUsedWrongly(String arguments) {
    CommandResult result = Plugin.in(folder).run(arguments.split(" ", -1));

    assertEquals(64, result.exitCode(), result::toString);
    assertEquals("", result.stdout());
  }

  private CommandResult waitFor(String... answers) throws IOException {
    boolean timed = answers[0].matches("\\d+s");
    String[] given =
        timed ? List.of(answers).subList(1, answers.length).toArray(new String[0]) : answers;
    return Plugin.in(folder)
        .answering(given)
        .run("wait", NAME, "--timeout", timed ? answers[0] : "1m");
  }

  private static boolean printable(CommandResult result) {
    return (result.stdout() + result.stderr())
        .chars()
        .allMatch(c -> c == '\n' || (c >= ' ' && !(c >= 0x7f && c < 0xa0) && c != 0x202e));
  }

  private static String succeeded() throws IOException {
    return Plugin.object("succeeded");
  }

  /** The same object before it had its verdict. */
  private static String running() throws IOException {
    return Plugin.object("running")
        .replace("upgrade-web-pool", NAME)
        .replace("000000000001\",", "000000000003\",");
  }
}
