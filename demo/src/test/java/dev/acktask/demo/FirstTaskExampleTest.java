package dev.acktask.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  void shouldExpectAnOutcomeOfEachObject() throws IOException {
    assertEquals(
        ScriptedOutcome.OF_FIRST_TASK_EXAMPLE.stream()
            .map(ScriptedOutcome::name)
            .collect(Collectors.toCollection(TreeSet::new)),
        values(DemoProcess.ROOT.resolve(DemoRun.EXAMPLE), "/metadata/name"));
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
