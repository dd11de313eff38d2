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

/** What Flux, Helm 4 and others conclude from a discovery, as docs/gating.md describes it. */
final class DiscoveryKstatusTest {
  private static final Path OBJECTS =
      Settings.repository()
          .resolve(
              "examples/04-argo-cd/resource_customizations/acktask.dev/AckTaskDiscovery/testdata");

  @ParameterizedTest
  @CsvSource({
    "fresh, IN_PROGRESS",
    "edited, IN_PROGRESS",
    "first-lists, IN_PROGRESS",
    "answered, CURRENT",
    "limited, CURRENT",
    "refused, IN_PROGRESS"
  })
  void shouldBeCurrentOnlyWhileListsAreAnswered(String object, Kstatus expected)
      throws IOException {
    GenericKubernetesResource discovery =
        Serialization.unmarshal(
            Files.readString(OBJECTS.resolve(object + ".yaml")), GenericKubernetesResource.class);
    JsonNode tree = new ObjectMapper().valueToTree(discovery);

    assertEquals(expected, Kstatus.of(tree));
  }
}
