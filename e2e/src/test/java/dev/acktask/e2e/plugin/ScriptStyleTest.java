package dev.acktask.e2e.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script is for any POSIX shell, and no text of the cloud is code of the shell. */
class ScriptStyleTest {
  /** What dash accepts, but other shells or tools do not; and what prints text differently. */
  private static final List<Pattern> FORBIDDEN =
      List.of(
          Pattern.compile("\\[\\["),
          Pattern.compile("\\b(local|function|declare|typeset|source|let|select)\\s"),
          Pattern.compile("<<<|<\\(|&>|\\|&|\\$'"),
          Pattern.compile("\\[ [^]]* == "),
          Pattern.compile("\\[ [^]]* -[ao] "),
          Pattern.compile("\\becho\\b"),
          Pattern.compile("\\beval\\b"),
          Pattern.compile("pipefail"),
          Pattern.compile("\\w+=\\("),
          Pattern.compile("\\$\\{[A-Za-z_]+(:[0-9]|/|\\^|,)"),
          Pattern.compile("\\b(sed -[iEr]|grep -P|readlink|mktemp|realpath|seq)\\b"),
          Pattern.compile("printf [\"']?\\$"));

  @ParameterizedTest
  @ValueSource(strings = {"dash -n", "bash --posix -n", "sh -n"})
  void shouldBeValidInEachShell(String shell) throws Exception {
    List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
    command.add(Plugin.SCRIPT.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertEquals(0, process.waitFor(), output);
    assertEquals("", output);
  }

  @Test
  void shouldUseOnlyWhatPosixHas() throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : shellLines()) {
      FORBIDDEN.stream()
          .filter(pattern -> pattern.matcher(line).find())
          .forEach(pattern -> found.add(pattern + " in: " + line));
    }

    assertEquals(List.of(), found);
  }

  @Test
  void shouldBeExecutableAndStartWithTheShellOfPosix() throws IOException {
    assertTrue(Files.isExecutable(Plugin.SCRIPT));
    assertTrue(Files.readString(Plugin.SCRIPT).startsWith("#!/bin/sh\n"));
  }

  /** Arguments reach jq as values of variables only. */
  @Test
  void shouldNotBuildJqProgramsFromData() throws IOException {
    List<String> programs =
        shellLines().stream()
            .filter(line -> line.matches(".*\\bview \".*"))
            .map(line -> line.replaceAll("\\$JQ_[A-Z]+|\\\\\\$[a-z]+", ""))
            .filter(line -> line.replaceAll(".*\\bview \"([^\"]*)\".*", "$1").contains("$"))
            .toList();

    assertEquals(List.of(), programs);
  }

  /** The lines of the script without those of jq programs, here-documents and comments. */
  private static List<String> shellLines() throws IOException {
    List<String> lines = new ArrayList<>();
    String end = null;
    for (String line : Files.readAllLines(Plugin.SCRIPT)) {
      if (end != null) {
        end = line.equals(end) ? null : end;
      } else if (line.matches("JQ_[A-Z]+='")) {
        end = "'";
      } else if (line.matches(".*<<'?[A-Z]+'?")) {
        end = line.replaceAll(".*<<'?([A-Z]+)'?", "$1");
      } else if (!line.strip().startsWith("#")) {
        lines.add(line);
      }
    }
    assertTrue(lines.size() > 100, "most lines of the shell are missed");
    return lines;
  }
}
