package dev.acktask.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The final statuses of a run without the fields that differ between runs: times, request ids and
 * the stages that were observed.
 *
 * @param byName key is the name of the AckTask
 */
record FinalStatuses(Map<String, JsonNode> byName) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final List<String> OF_THIS_RUN =
      List.of(
          "time",
          "startTime",
          "endTime",
          "createdTime",
          "updatedTime",
          "completionTime",
          "lastTransitionTime",
          "requestId",
          // An operator that is killed may miss a stage.
          "stageTransitions");

  static FinalStatuses in(Path folder) throws IOException {
    Map<String, JsonNode> statuses = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        JsonNode task = YAML.readTree(file.toFile());
        JsonNode status = task.required("status");
        removeFieldsOfThisRun(status);
        statuses.put(task.at("/metadata/name").textValue(), status);
      }
    }
    return new FinalStatuses(statuses);
  }

  private static void removeFieldsOfThisRun(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(OF_THIS_RUN);
    }
    node.forEach(FinalStatuses::removeFieldsOfThisRun);
  }

  String phase(String name) {
    return byName.get(name).required("phase").textValue();
  }
}
