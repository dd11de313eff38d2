package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.cluster.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The views of fixed objects at a fixed time. */
class ViewsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "status-running.txt, running, status upgrade-web-pool",
    "status-failed.txt, failed, status upgrade-batch-pool --events 1",
    "status-succeeded.txt, succeeded, status upgrade-control-plane",
    "status-hostile.txt, hostile, status hostile",
    "status-stalled.txt, stalled, status scale-out",
    "status-pending.txt, pending, status install-addon",
    "status-paused.txt, paused, status acktask/pause-addon",
    "timeline.txt, list, timeline -A",
    "timeline-since.txt, list, timeline --since 90m --limit 3",
    "timeline-hostile.txt, list-hostile, timeline",
    "timeline-empty.txt, list-empty, timeline",
    "timeline.json, list, timeline -o json",
    "tree.txt, list, tree -A",
    "tree-limit.txt, list, tree --limit 1",
    "tree-hostile.txt, list-hostile, tree",
    "tree-empty.txt, list-empty, tree",
    "tree.json, list, tree -o json",
    "status-running.json, running, status upgrade-web-pool -o json",
    "status-hostile.json, hostile, status hostile -o json"
  })
  void shouldPrintTheGoldenFile(String golden, String object, String command) throws IOException {
    CommandResult result =
        Plugin.in(folder).answering(Plugin.object(object)).run(command.split(" ", -1));

    assertEquals(0, result.exitCode(), result::toString);
    assertPrintable(result.stdout());
    new GeneratedFile(Plugin.RESOURCES.resolve("golden").resolve(golden)).assertIs(result.stdout());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash --posix", "dash -eu"})
  void shouldPrintTheSameInEachShell(String shell) throws IOException {
    String expected =
        Plugin.in(folder).answering(Plugin.object("failed")).run("status", "x").orThrow();

    String printed =
        Plugin.in(folder, shell.split(" ", -1))
            .answering(Plugin.object("failed"))
            .run("status", "x")
            .orThrow();

    assertEquals(expected, printed);
  }

  @Test
  void shouldDrawWithAsciiWhenTheLocaleHasNothingElse() throws IOException {
    String drawn =
        Plugin.in(folder)
            .with("LC_ALL", "C")
            .answering(Plugin.object("running"))
            .run("status", "x")
            .orThrow();

    assertTrue(drawn.chars().allMatch(c -> c < 0x7f), drawn);
    assertTrue(drawn.contains("* UpgradeNodes"), drawn);
  }

  @Test
  void shouldPrintColoursOnATerminalOnly() throws IOException {
    // given
    Plugin plugin = Plugin.in(folder).answering(Plugin.object("running")).with("TERM", "xterm");

    // when
    String plain = plugin.run("status", "x").orThrow();
    String terminal = onTerminal(plugin);
    String withoutColour = onTerminal(plugin.with("NO_COLOR", "1"));

    // then
    assertFalse(plain.contains("\u001b"), plain);
    assertTrue(terminal.contains("\u001b[36m"), terminal);
    assertEquals(plain, withoutColour);
    assertEquals(plain, terminal.replaceAll("\u001b\\[[0-9]+m", ""));
  }

  @Test
  void shouldNotEmitEscapeSequencesOfTheCloudToATerminal() throws IOException {
    Plugin plugin = Plugin.in(folder).answering(Plugin.object("hostile")).with("TERM", "xterm");

    String terminal = onTerminal(plugin);

    assertPrintable(terminal.replaceAll("\u001b\\[[0-9]+m", ""));
  }

  @Test
  void shouldReadOnceForAView() throws IOException {
    Plugin plugin = Plugin.in(folder).answering(Plugin.object("running"));

    plugin.run("status", "upgrade-web-pool", "-n", "shop").orThrow();

    assertEquals(
        List.of("get --output=json acktasks.acktask.dev upgrade-web-pool --namespace=shop"),
        plugin.calls());
  }

  /** For those who may not read connections. */
  @Test
  void shouldShowTheTasksAloneWhenConnectionsCannotBeRead() throws IOException {
    String tree =
        Plugin.in(folder)
            .answering("error: Error from server (Forbidden)", Plugin.object("list"))
            .run("tree")
            .orThrow();

    assertTrue(tree.contains("upgrade-web-pool"), tree);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tree", "timeline", "status x", "report x"})
  void shouldFailWhenNothingCanBeRead(String command) throws IOException {
    CommandResult result =
        Plugin.in(folder).answering("error: Error from server").run(command.split(" ", -1));

    assertEquals(2, result.exitCode(), result::toString);
    assertEquals("", result.stdout());
  }

  @Test
  void shouldSelectByLabelAndNamespace() throws IOException {
    Plugin plugin = Plugin.in(folder).answering(Plugin.object("list"));

    plugin.run("timeline", "-l", "app in (web, shop)", "-A").orThrow();

    assertEquals(
        List.of(
            "get --output=json acktasks.acktask.dev --selector=app in (web, shop)"
                + " --all-namespaces"),
        plugin.calls());
  }

  @Test
  void shouldFailWithTwoWhenTheObjectCannotBeRead() throws IOException {
    CommandResult result =
        Plugin.in(folder).answering("error: Error from server (NotFound)").run("status", "gone");

    assertEquals(2, result.exitCode(), result::toString);
    assertEquals("", result.stdout());
    assertTrue(result.stderr().contains("Error from server (NotFound)"), result::toString);
  }

  @Test
  void shouldNameTheToolThatIsMissing() {
    CommandResult result =
        Plugin.in(folder, "/bin/dash").with("PATH", "/nowhere").run("status", "x");

    assertEquals(2, result.exitCode(), result::toString);
    assertTrue(result.stderr().contains("kubectl is not installed"), result::toString);
  }

  @Test
  void shouldReportTheDurationsOfStagesAsNumbers() throws IOException {
    JsonNode task =
        new ObjectMapper()
            .readTree(
                Plugin.in(folder)
                    .answering(Plugin.object("running"))
                    .run("status", "x", "--output=json")
                    .orThrow());

    assertEquals(123, task.at("/stages/0/seconds").asInt());
    assertEquals(4135, task.at("/stages/2/seconds").asInt());
    assertEquals("current", task.at("/stages/2/state").asText());
  }

  private static String onTerminal(Plugin plugin) {
    // The terminal shows stderr as well.
    return plugin
        .runOnTerminal("status", "x")
        .orThrow()
        .replace("\r\n", "\n")
        .replaceFirst("^Warning: .*\n", "");
  }

  private static void assertPrintable(String text) {
    text.codePoints()
        .filter(c -> c != '\n')
        .forEach(
            c ->
                assertFalse(
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR,
                    () -> "U+%04X in %s".formatted(c, text)));
  }
}
