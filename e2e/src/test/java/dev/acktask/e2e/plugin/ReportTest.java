package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of fixed objects, and what texts of the cloud can do in them. */
class ReportTest {
  /** The only lines that a chart of Mermaid may have; a name has nothing that is syntax. */
  private static final Pattern MERMAID_LINE =
      Pattern.compile(
          "gantt|  title [\\w ./-]+|  dateFormat X|  axisFormat [%HMmd: -]+|  section Stages"
              + "|  \\d+ (\\(no name\\)|[\\p{L}\\p{N}_./ -]{1,60})"
              + " :((done|crit|active), )?s\\d+, \\d+, \\d+");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "report-running.md, running, upgrade-web-pool, markdown",
    "report-failed.html, failed, upgrade-batch-pool, html",
    "report-running.mermaid, running, upgrade-web-pool, mermaid",
    "report-succeeded.mermaid, succeeded, upgrade-control-plane, mermaid",
    "report-hostile.md, hostile, hostile, markdown",
    "report-hostile.mermaid, hostile, hostile, mermaid",
    "report-hostile.html, hostile, hostile, html"
  })
  void shouldWriteTheGoldenFile(String golden, String object, String name, String format)
      throws IOException {
    new GeneratedFile(Plugin.RESOURCES.resolve("golden").resolve(golden))
        .assertIs(report(object, name, format));
  }

  @ParameterizedTest
  @CsvSource({"running, upgrade-web-pool", "hostile, hostile", "pending, install-addon"})
  void shouldWriteOnlySyntaxThatItMeansForMermaid(String object, String name) throws IOException {
    List<String> chart = report(object, name, "mermaid").lines().toList();

    assertEquals(
        List.of(), chart.stream().filter(line -> !MERMAID_LINE.matcher(line).matches()).toList());
  }

  @Test
  void shouldEscapeWhatHasAMeaningInMarkdown() throws IOException {
    // when
    String page = report("hostile", "hostile", "markdown");

    // then
    String ours = page.substring(0, page.indexOf("## What TaskFailed means"));
    assertFalse(ours.replace("```mermaid", "").replace("```\n", "").contains("`"), ours);
    assertFalse(Pattern.compile("[<>\\[\\]\\\\]").matcher(ours).find(), ours);
    // Each row of a table has as many cells as the line below its head.
    int columns = 0;
    for (String line : ours.lines().toList()) {
      if (line.startsWith("|---")) {
        columns = line.length() - line.replace("|", "").length();
      } else if (line.startsWith("|") && columns > 0) {
        assertEquals(columns, line.length() - line.replace("|", "").length(), line);
      } else {
        columns = 0;
      }
    }
    assertEquals(1, ours.lines().filter(line -> line.startsWith("# ")).count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"running:upgrade-web-pool", "failed:upgrade-batch-pool", "hostile:hostile"})
  void shouldLoadNothingInHtml(String task) throws IOException {
    String[] objectAndName = task.split(":", -1);
    String page = report(objectAndName[0], objectAndName[1], "html");

    assertTrue(page.contains("default-src 'none'"), page);
    assertFalse(
        Pattern.compile(
                "(?i)<(script|img|link|iframe|object|embed|base|form|a)\\b|src=|href=|url\\(|@import|\\son\\w+=\"")
            .matcher(page)
            .find(),
        page);
  }

  @Test
  void shouldRejectAnotherFormat() {
    assertEquals(64, Plugin.in(folder).run("report", "x", "--format", "pdf").exitCode());
    assertEquals(64, Plugin.in(folder).run("report", "x", "-o", "json").exitCode());
  }

  private String report(String object, String name, String format) throws IOException {
    CommandResult result =
        Plugin.in(folder).answering(Plugin.object(object)).run("report", name, "--format", format);
    assertEquals(0, result.exitCode(), result::toString);
    return result.stdout();
  }
}
