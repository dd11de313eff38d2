package dev.acktask.simulator.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts that are shipped, and the README that describes the format. */
class ReadyScriptsTest {
  private static final Path FOLDER = Path.of("scripts");
  private static final Instant LAUNCH = Instant.parse("2026-01-02T03:04:05Z");

  private static TaskView end(String name) {
    TaskScript script = ScriptFiles.load(List.of(FOLDER.resolve(name + ".yaml"))).get(0);
    return TaskView.at(script, LAUNCH, 1, LAUNCH.plus(script.length()));
  }

  private static List<TaskScript> all() {
    return ScriptFiles.load(List.of(FOLDER));
  }

  @ParameterizedTest
  @CsvSource({
    "cluster-upgrade-succeeds, success, 5, 5",
    "scaleout-with-failed-instance, success, 2, 2",
    "nodepool-upgrade-fails-draining, failed, 2, 3",
    "nodepool-update-paused-then-canceled, canceled, 1, 3",
    "addon-install-succeeds, success, 1, 1"
  })
  void shouldEndInItsOutcomeWhenPlayed(String name, String state, int stages, int events) {
    TaskView end = end(name);
    assertEquals(state, end.state());
    assertEquals(stages, end.stages().size());
    assertEquals(events, end.events().size());
    assertTrue(end.stages().stream().allMatch(stage -> stage.ended().isPresent()));
  }

  @Test
  void shouldHoldAFailedInstanceWhenScaleOutSucceeds() {
    Map<String, Long> statuses =
        end("scaleout-with-failed-instance").results().stream()
            .collect(
                Collectors.groupingBy(result -> result.status().orElse(""), Collectors.counting()));
    assertEquals(Map.of("success", 2L, "failed", 1L), statuses);
  }

  @Test
  void shouldHoldAnErrorWhenUpgradeFails() {
    assertEquals(
        "DrainNodeTimeout", end("nodepool-upgrade-fails-draining").error().orElseThrow().code());
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldLastRealisticMinutesWhenPlayedAtSpeedOne(TaskScript script) {
    assertTrue(script.length().compareTo(Duration.ofMinutes(5)) >= 0);
    assertTrue(script.length().compareTo(Duration.ofMinutes(20)) <= 0);
  }

  @Test
  void shouldBeFiveWhenTheFolderIsLoaded() {
    assertEquals(5, all().size());
  }

  @Test
  void shouldPlayTheExampleWhenTakenFromTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```yaml\n") + "```yaml\n".length();
    String example = readme.substring(start, readme.indexOf("```", start));
    TaskScript script = ScriptParser.parse("README.md", example);
    assertEquals("success", script.lastState());
  }

  private static Stream<String> kinds() {
    return FaultKinds.names().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldBeInTheReadmeWhenAKindExists(String kind) throws IOException {
    assertTrue(Files.readString(Path.of("README.md")).contains("| `" + kind + "` |"), kind);
  }
}
