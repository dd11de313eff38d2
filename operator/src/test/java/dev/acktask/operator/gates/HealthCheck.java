package dev.acktask.operator.gates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Argo CD's health check of a kind and its testdata, in the folders that Argo CD expects. */
record HealthCheck(String kind) {
  static final Path EXAMPLE = Example.ROOT.resolve("04-argo-cd");

  private static final Path FOLDER = EXAMPLE.resolve("resource_customizations/acktask.dev");

  /** One for each kind with a folder. */
  static List<HealthCheck> all() throws IOException {
    return Example.folders(FOLDER).stream()
        .map(folder -> new HealthCheck(folder.getFileName().toString()))
        .toList();
  }

  /** The health of {@code object}. */
  LuaHealth.Health of(JsonNode object) throws IOException {
    return new LuaHealth(script()).of(object);
  }

  String script() throws IOException {
    return Files.readString(folder().resolve("health.lua"));
  }

  /** The entries of {@code health_test.yaml}. */
  JsonNode tests() throws IOException {
    return Example.one(folder().resolve("health_test.yaml")).get("tests");
  }

  /** The input of an entry. */
  Path input(JsonNode test) {
    return folder().resolve(test.get("inputPath").asText());
  }

  /** What an entry expects. */
  static LuaHealth.Health expected(JsonNode test) {
    return new LuaHealth.Health(
        test.at("/healthStatus/status").asText(), test.at("/healthStatus/message").asText());
  }

  List<Path> testdata() throws IOException {
    return Example.files(folder().resolve("testdata"), ".yaml");
  }

  /** A new copy of the object in {@code testdata/NAME.yaml}. */
  ObjectNode testdata(String name) throws IOException {
    return (ObjectNode) Example.one(folder().resolve("testdata/" + name + ".yaml"));
  }

  private Path folder() {
    return FOLDER.resolve(kind);
  }

  @Override
  public String toString() {
    return kind;
  }
}
