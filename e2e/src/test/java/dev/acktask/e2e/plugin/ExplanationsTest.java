package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script contains the sections of the troubleshooting page. */
class ExplanationsTest {
  private static final Path PAGE = Settings.repository().resolve("docs/troubleshooting.md");
  private static final Pattern SECTION = Pattern.compile("(?ms)^### (.*?)\\n.*?(?=^##|\\z)");
  private static final String BEGIN = "cat <<'EXPLANATIONS'\n";
  private static final String END = "EXPLANATIONS\n}\n";

  /** Linux passes at most 128 KiB in one argument. */
  private static final int ARGUMENT_LIMIT = 100 * 1024;

  @TempDir Path folder;

  @Test
  void shouldContainTheSectionsOfThePage() throws IOException {
    String sections = sections();

    assertFalse(sections.lines().anyMatch("EXPLANATIONS"::equals), "a line ends the block");
    assertTrue(sections.length() < ARGUMENT_LIMIT, "the sections are too long for an argument");
    new GeneratedFile(Plugin.SCRIPT).assertPart(BEGIN, END, sections);
  }

  @Test
  void shouldExplainEachReason() throws IOException {
    List<String> titles =
        SECTION.matcher(Files.readString(PAGE)).results().map(section -> section.group(1)).toList();

    JsonNode explained =
        new ObjectMapper().readTree(Plugin.in(folder).run("explain", "-o", "json").orThrow());

    assertEquals(titles, explained.findValuesAsText("reason"));
    assertTrue(
        explained.findValuesAsText("text").stream().allMatch(text -> text.contains("\n**Do** ")));
  }

  @Test
  void shouldNeedNoClusterToExplain() throws IOException {
    CommandResult explained = Plugin.in(folder).run("explain", "taskfailed");

    new GeneratedFile(Plugin.RESOURCES.resolve("golden/explain.txt")).assertIs(explained.stdout());
    assertFalse(Files.exists(folder.resolve("calls")), "kubectl was called");
  }

  @Test
  void shouldPrintEachSectionWhenKindsShareAReason() {
    String both = Plugin.in(folder).run("explain", "Throttled").orThrow();
    String one = Plugin.in(folder).run("explain", "connection/Throttled").orThrow();

    assertTrue(both.startsWith("Throttled\n") && both.contains("\nConnection Throttled\n"), both);
    assertTrue(one.startsWith("Connection Throttled\n") && !one.contains("\nThrottled\n"), one);
  }

  @Test
  void shouldFailWhenNoReasonHasThisName() {
    CommandResult result = Plugin.in(folder).run("explain", "Nonsense");

    assertEquals(1, result.exitCode(), result::toString);
    assertEquals("", result.stdout());
  }

  private static String sections() throws IOException {
    List<String> sections =
        SECTION.matcher(Files.readString(PAGE)).results().map(match -> match.group()).toList();
    return String.join("", sections).stripTrailing() + "\n";
  }
}
