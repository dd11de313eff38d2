package dev.acktask.e2e.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Flux, Helm 4 and others conclude from a gate in each of its states. */
final class GateKstatusTest {
  private static final Path OBJECTS =
      Settings.repository()
          .resolve("examples/04-argo-cd/resource_customizations/acktask.dev/AckTaskGate/testdata");

  /** Without a status kstatus reads Current; the default status of the CRD prevents that. */
  private static final String STATUS_OF_NO_API_SERVER = "no-status";

  private static final String STATES =
      """
      fresh,               IN_PROGRESS
      edited,              IN_PROGRESS
      running,             IN_PROGRESS
      missing,             IN_PROGRESS
      too-many,            IN_PROGRESS
      outage,              IN_PROGRESS
      overdue,             IN_PROGRESS
      succeeded,           CURRENT
      failed,              FAILED
      invalid,             FAILED
      quiet,               CURRENT
      not-quiet,           IN_PROGRESS
      not-swept,           IN_PROGRESS
      sweep-failed,        IN_PROGRESS
      no-discovery,        IN_PROGRESS
      discovery-suspended, IN_PROGRESS
      """;

  @ParameterizedTest
  @CsvSource(textBlock = STATES)
  void shouldBeCurrentOnlyWhileOpenAndFailedOnlyWhenClosed(String state, Kstatus expected)
      throws IOException {
    GenericKubernetesResource gate =
        Serialization.unmarshal(
            Files.readString(OBJECTS.resolve(state + ".yaml")), GenericKubernetesResource.class);
    JsonNode tree = new ObjectMapper().valueToTree(gate);

    assertEquals(expected, Kstatus.of(tree));
  }

  @Test
  void shouldCoverEachStateThatHasAnObject() throws IOException {
    Set<String> covered =
        STATES.lines().map(line -> line.split(",", 2)[0]).collect(Collectors.toSet());
    covered.add(STATUS_OF_NO_API_SERVER);
    try (Stream<Path> files = Files.list(OBJECTS)) {
      assertEquals(
          new TreeSet<>(covered),
          files
              .map(file -> file.getFileName().toString().replace(".yaml", ""))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
