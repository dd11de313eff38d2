package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The output of {@code kubectl explain}. */
@OnControlPlane
class CrdExplainIT {
  private final ControlPlane controlPlane;

  CrdExplainIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldDescribeEveryFieldWhenPublished() throws Exception {
    // given
    JsonNode published =
        new ObjectMapper()
            .readTree(controlPlane.admin().raw("/openapi/v3/apis/acktask.dev/v1alpha1"));
    JsonNode schema = published.at("/components/schemas/dev.acktask.v1alpha1.AckTask");
    List<String> described = new ArrayList<>();
    List<String> silent = new ArrayList<>();

    // when
    walk("", schema, described, silent);

    // then
    assertEquals(List.of(), silent, "fields without a description");
    assertTrue(described.contains(".status.conditions.lastTransitionTime"), described::toString);
  }

  @Test
  void shouldPrintDescriptionWhenAskedForANestedField() {
    // when
    String explained = controlPlane.kubectl("explain", "acktask.spec.taskId").orThrow();

    // then
    assertTrue(explained.contains("Id of the ACK task"), explained);
  }

  @Test
  void shouldListAllLevelsWhenAskedRecursively() {
    // when
    String explained = controlPlane.kubectl("explain", "acktask", "--recursive").orThrow();

    // then
    for (String field : List.of("successPolicy", "observedGeneration", "lastTransitionTime")) {
      assertTrue(explained.contains(field), explained);
    }
  }

  private static void walk(
      String path, JsonNode schema, List<String> described, List<String> silent) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String at = path + "." + property.getKey();
      JsonNode field = property.getValue();
      (field.path("description").asText().isBlank() ? silent : described).add(at);
      walk(at, field, described, silent);
      walk(at, field.path("items"), described, silent);
    }
  }
}
