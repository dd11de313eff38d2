package dev.acktask.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example agrees with the simulator's scripts and with the outcomes that the demo expects. */
class FirstTaskExampleTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void shouldHaveOneObjectForEachReadyScript() throws IOException {
    assertEquals(
        values(DemoProcess.ROOT.resolve("simulator/scripts"), "/taskId"),
        values(DemoProcess.ROOT.resolve(DemoRun.EXAMPLE), "/spec/taskId"));
  }

  @Test
  void shouldExpectAnOutcomeOfEachTask() throws IOException {
    Set<String> names = values(DemoProcess.ROOT.resolve(DemoRun.EXAMPLE), "/metadata/name");
    names.add(discovered().get("taskId").textValue().toLowerCase(Locale.ROOT));

    assertEquals(
        ScriptedOutcome.OF_EXAMPLE.stream()
            .map(ScriptedOutcome::name)
            .collect(Collectors.toCollection(TreeSet::new)),
        names);
  }

  @Test
  void shouldHaveAPlanOfMaintenanceForTheTaskWithoutAnObject() throws IOException {
    assertEquals(
        discovered().get("taskId"), region().at("/plans/0/taskId"), "what started the task");
    assertEquals(
        Set.of("true"), values(DemoProcess.ROOT.resolve(DemoRun.DISCOVERY), "/spec/clusters/all"));
  }

  @Test
  void shouldPrintInReadmeHowEachTaskEnds() throws IOException {
    String readme = Files.readString(DemoProcess.ROOT.resolve("README.md"));
    for (ScriptedOutcome outcome : ScriptedOutcome.OF_EXAMPLE) {
      assertTrue(readme.contains(DemoResult.line(outcome, "")), outcome::name);
    }
  }

  /** The only task that has no AckTask in the example. */
  private static JsonNode discovered() throws IOException {
    assertEquals(1, region().get("tasks").size());
    return region().at("/tasks/0");
  }

  private static JsonNode region() throws IOException {
    Path accounts = DemoProcess.ROOT.resolve(DemoRun.EXAMPLE).resolve("rehearsal/accounts.yaml");
    return YAML.readTree(accounts.toFile()).at("/accounts/0/regions/0");
  }

  private static Set<String> values(Path folder, String pointer) throws IOException {
    Set<String> values = new TreeSet<>();
    for (Path file : yamlFiles(folder)) {
      JsonNode value = YAML.readTree(file.toFile()).at(pointer);
      values.add(value.asText());
    }
    return values;
  }

  private static List<Path> yamlFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
  }
}
