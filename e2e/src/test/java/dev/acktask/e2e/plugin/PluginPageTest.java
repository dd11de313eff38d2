package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the page are what the commands print, and it describes each command. */
class PluginPageTest {
  private static final Path PAGE = Settings.repository().resolve("docs/kubectl-plugin.md");
  private static final Pattern SAMPLE =
      Pattern.compile("(?s)<!-- golden: (\\S+) -->\n```([a-z]*)\n(.*?)```\n");
  private static final Pattern COMMAND = Pattern.compile("(?m)^  kubectl acktask ([a-z]+)");

  @TempDir Path folder;

  @Test
  void shouldShowTheOutputOfTheGoldenFiles() throws IOException {
    // given
    String page = Files.readString(PAGE);
    Matcher sample = SAMPLE.matcher(page);
    StringBuilder expected = new StringBuilder();
    int samples = 0;

    // when
    while (sample.find()) {
      Path golden = Plugin.RESOURCES.resolve("golden").resolve(sample.group(1));
      String text =
          "<!-- golden: %s -->\n```%s\n%s```\n"
              .formatted(sample.group(1), sample.group(2), Files.readString(golden));
      sample.appendReplacement(expected, Matcher.quoteReplacement(text));
      samples++;
    }
    sample.appendTail(expected);

    // then
    assertTrue(samples > 2, "the page has lost its samples");
    new GeneratedFile(PAGE).assertIs(expected.toString());
  }

  @Test
  void shouldDescribeEachCommandOfTheHelp() throws IOException {
    // given
    String page = Files.readString(PAGE);
    Set<String> commands = new TreeSet<>();
    COMMAND
        .matcher(Plugin.in(folder).run("help").orThrow())
        .results()
        .forEach(command -> commands.add(command.group(1)));

    // then
    for (String command : commands) {
      assertTrue(page.contains("\n## " + command + "\n"), command + " has no section");
      String usage = Plugin.in(folder).run("help", command).orThrow();
      assertTrue(usage.startsWith("kubectl acktask " + command), usage);
      assertEquals(usage, Plugin.in(folder).run(command, "--help").orThrow());
    }
    assertTrue(commands.size() > 2, commands::toString);
  }
}
