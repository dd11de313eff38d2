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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Flux, Helm 4 and others conclude from a connection, as docs/gating.md describes it. */
final class ConnectionKstatusTest {
  private static final Path OBJECTS =
      Settings.repository()
          .resolve(
              "examples/04-argo-cd/resource_customizations/acktask.dev/AckConnection/testdata");

  @ParameterizedTest
  @CsvSource({
    "fresh, IN_PROGRESS",
    "edited, IN_PROGRESS",
    "unused, IN_PROGRESS",
    "answered, CURRENT",
    "throttled, CURRENT",
    "secret-not-found, IN_PROGRESS"
  })
  void shouldBeCurrentOnlyWhileCallsAreAnswered(String object, Kstatus expected)
      throws IOException {
    GenericKubernetesResource connection =
        Serialization.unmarshal(
            Files.readString(OBJECTS.resolve(object + ".yaml")), GenericKubernetesResource.class);
    JsonNode tree = new ObjectMapper().valueToTree(connection);

    assertEquals(expected, Kstatus.of(tree));
  }
}
