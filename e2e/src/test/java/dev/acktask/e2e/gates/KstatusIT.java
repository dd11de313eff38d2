package dev.acktask.e2e.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.history.Kstatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The libraries of kstatus against the port of these tests, which checks every status that the
 * operator writes in any of them.
 */
@WithGatingTools
class KstatusIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCENARIOS =
      Settings.repository().resolve("operator/src/test/resources/scenarios");
  private static final Path HEALTH_TESTS =
      Settings.repository().resolve("examples/04-argo-cd/resource_customizations");
  private static final List<List<String>> ORDERS =
      List.of(
          List.of("Reconciling", "Stalled", "Ready"),
          List.of("Stalled", "Reconciling", "Ready"),
          List.of("Ready", "Stalled", "Reconciling"),
          List.of("Ready", "Reconciling", "Stalled"),
          List.of("Reconciling", "Ready", "Stalled"),
          List.of("Stalled", "Ready", "Reconciling"));
  private static final List<String> STATUSES = List.of("absent", "True", "False", "Unknown");
  private static final List<Long> GENERATIONS = List.of(-1L, 0L, 1L, 2L, 3L);
  private static final long ABSENT = 0;

  private final KstatusProgram program;

  KstatusIT(GatingTools tools) {
    this.program = new KstatusProgram(tools);
  }

  /** What the operator decides in each of its scenarios: each phase is among them. */
  @Test
  void shouldAgreeWithThePortOnEveryDecidedStatus() throws IOException {
    List<JsonNode> decided = new ArrayList<>();
    Set<String> phases = new TreeSet<>();
    for (Path scenario : files(SCENARIOS, "in-task.yaml")) {
      ObjectNode before = yaml(scenario);
      ObjectNode after = before.deepCopy();
      after.set("status", yaml(scenario.resolveSibling("out-status.yaml")));
      decided.addAll(List.of(before, after));
      phases.add(after.at("/status/phase").asText());
    }

    assertAgreement(decided);
    assertTrue(
        phases.containsAll(
            List.of(
                "Pending",
                "Running",
                "Paused",
                "Succeeded",
                "Failed",
                "Canceled",
                "Stalled",
                "Unknown")),
        phases::toString);
  }

  /** The objects of every kind with which the health checks for Argo CD are tested. */
  @Test
  void shouldAgreeWithThePortOnEveryKind() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (Path file : files(HEALTH_TESTS, ".yaml")) {
      ObjectNode object = yaml(file);
      if (object.has("kind")) {
        objects.add(object);
      }
    }

    assertAgreement(objects);
    assertTrue(
        objects.stream().map(it -> it.get("kind").asText()).distinct().count() >= 4,
        objects::toString);
  }

  /** Every combination of what kstatus reads, also those that the operator never writes. */
  @Test
  void shouldAgreeWithThePortOnEveryCombination() {
    List<JsonNode> objects = new ArrayList<>();
    for (List<String> order : ORDERS) {
      for (String first : STATUSES) {
        for (String second : STATUSES) {
          for (String third : STATUSES) {
            objects.addAll(withGenerations(conditions(order, List.of(first, second, third))));
          }
        }
      }
    }

    assertAgreement(objects);
  }

  private void assertAgreement(List<JsonNode> objects) {
    List<KstatusProgram.Answer> answers = program.read(objects);
    for (int i = 0; i < objects.size(); i++) {
      JsonNode object = objects.get(i);
      String port = Kstatus.of(object).printed();
      assertEquals(port, answers.get(i).flux().status(), object::toString);
      assertEquals(port, answers.get(i).sigs().status(), object::toString);
    }
  }

  private static List<JsonNode> withGenerations(ArrayNode conditions) {
    List<JsonNode> objects = new ArrayList<>();
    for (long observed : GENERATIONS) {
      for (boolean deleted : List.of(false, true)) {
        ObjectNode object = JSON.createObjectNode();
        object.put("apiVersion", "acktask.dev/v1alpha1").put("kind", "AckTask");
        ObjectNode metadata = object.putObject("metadata").put("name", "task");
        metadata.put("generation", 2L);
        if (deleted) {
          metadata.put("deletionTimestamp", "2026-01-02T03:04:05Z");
        }
        ObjectNode status = object.putObject("status");
        if (observed != ABSENT) {
          status.put("observedGeneration", observed);
        }
        status.set("conditions", conditions);
        objects.add(object);
      }
    }
    return objects;
  }

  private static ArrayNode conditions(List<String> types, List<String> statuses) {
    ArrayNode conditions = JSON.createArrayNode();
    for (int i = 0; i < types.size(); i++) {
      if (!statuses.get(i).equals("absent")) {
        conditions.addObject().put("type", types.get(i)).put("status", statuses.get(i));
      }
    }
    return conditions;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static ObjectNode yaml(Path file) throws IOException {
    return Serialization.unmarshal(Files.readString(file), ObjectNode.class);
  }
}
