package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each command of the README and of docs/*.md is run by a test, or the register states why not.
 *
 * <p>The register is {@code src/test/resources/docs/commands.yaml}.
 */
final class CommandRegisterTest {
  private static final Path REGISTER = Path.of("src/test/resources/docs/commands.yaml");
  private static final List<Path> TESTS =
      List.of(
          Path.of("src/test/java"),
          Path.of("../e2e/src/test/java"),
          Path.of("../demo/src/test/java"),
          Path.of("../simulator/src/test/java"),
          Path.of("../bench/src/test/java"));
  private static final int LEAST_REASON = 20;

  /** One line of the register; exactly one of {@code test} and {@code reason} has a value. */
  private record Entry(String command, String test, String reason) {
    boolean matches(ShellCommand found) {
      String pattern =
          Arrays.stream(command.split("\\*", -1)).map(Pattern::quote).collect(joinedByAnything());
      return found.text().matches(pattern);
    }

    private static java.util.stream.Collector<CharSequence, ?, String> joinedByAnything() {
      return Collectors.joining(".*");
    }
  }

  private final List<Entry> register = new ArrayList<>();
  private final Map<String, ShellCommand> commands = new LinkedHashMap<>();

  @BeforeEach
  void read() throws IOException {
    for (JsonNode entry : new YAMLMapper().readTree(REGISTER.toFile())) {
      register.add(
          new Entry(
              entry.path("command").asText(),
              entry.path("test").asText(),
              entry.path("reason").asText()));
    }
    for (Path page : Pages.ofUsers()) {
      for (ShellCommand command : ShellCommand.read(page)) {
        commands.putIfAbsent(Pages.name(page) + ":" + command.line(), command);
      }
    }
  }

  @Test
  void shouldHaveAnEntryForEachCommand() {
    StringBuilder missing = new StringBuilder();
    commands.forEach(
        (place, command) -> {
          if (register.stream().noneMatch(entry -> entry.matches(command))) {
            missing.append(
                "# %s\n- command: '%s'\n  test: CLASS#METHOD   # or reason: why no test runs it\n"
                    .formatted(place, command.text().replace("'", "''")));
          }
        });

    assertTrue(commands.size() > 50, () -> commands.size() + " commands");
    assertTrue(missing.isEmpty(), () -> "add these lines to " + REGISTER + ":\n" + missing);
  }

  @Test
  void shouldHaveACommandForEachEntry() {
    assertEquals(
        List.of(),
        register.stream()
            .filter(entry -> commands.values().stream().noneMatch(entry::matches))
            .map(Entry::command)
            .toList());
  }

  @Test
  void shouldNameATestThatExistsOrAReason() throws IOException {
    Set<String> tests = new TreeSet<>();
    TestMethod.in(TESTS).forEach(test -> tests.add(test.name()));

    assertEquals(
        List.of(),
        register.stream()
            .filter(
                entry ->
                    entry.test().isEmpty()
                        ? entry.reason().length() < LEAST_REASON
                        : !entry.reason().isEmpty() || !tests.contains(entry.test()))
            .toList());
  }
}
