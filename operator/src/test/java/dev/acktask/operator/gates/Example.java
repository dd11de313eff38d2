package dev.acktask.operator.gates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The examples of this repository, and objects to test them with. */
final class Example {
  static final Path ROOT = Path.of("../examples");

  private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Example() {}

  /** An AckTask and the name of its scenario. */
  record Golden(String name, JsonNode object) {
    /** Status of a condition, or {@code absent}. */
    String condition(String type) {
      return StreamSupport.stream(object.at("/status/conditions").spliterator(), false)
          .filter(condition -> condition.path("type").asText().equals(type))
          .map(condition -> condition.path("status").asText())
          .findFirst()
          .orElse("absent");
    }

    String phase() {
      return object.at("/status/phase").asText();
    }

    boolean isSuspended() {
      return object.at("/spec/suspend").asBoolean();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** The object of each scenario with the status that the operator decides. */
  static List<Golden> decided() throws IOException {
    List<Golden> all = new ArrayList<>();
    for (Path folder : folders(SCENARIOS)) {
      ObjectNode object = (ObjectNode) one(folder.resolve("in-task.yaml"));
      object.set("status", one(folder.resolve("out-status.yaml")));
      all.add(new Golden(folder.getFileName().toString(), object));
    }
    return all;
  }

  /** The object of each scenario before the decision: fresh, edited and forged ones among them. */
  static List<Golden> found() throws IOException {
    List<Golden> all = new ArrayList<>();
    for (Path folder : folders(SCENARIOS)) {
      all.add(new Golden(folder.getFileName() + " (before)", one(folder.resolve("in-task.yaml"))));
    }
    return all;
  }

  /** As the API server stores an object at its creation. */
  static Golden fresh() throws IOException {
    ObjectNode object =
        (ObjectNode) YAML.readTree("{metadata: {name: fresh, generation: 1}, spec: {taskId: T-1}}");
    JsonNode crd = one(Path.of("../crds/acktasks.acktask.dev.yaml"));
    object.set(
        "status",
        crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/status/default").deepCopy());
    return new Golden("fresh", object);
  }

  /** The one document in a file. */
  static JsonNode one(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  /** All documents in a file. */
  static List<JsonNode> all(Path file) throws IOException {
    return YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll();
  }

  static List<JsonNode> allIn(String text) throws IOException {
    return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
  }

  static List<Path> folders(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  static List<Path> files(Path parent, String ending) throws IOException {
    try (Stream<Path> entries = Files.walk(parent)) {
      return entries.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
