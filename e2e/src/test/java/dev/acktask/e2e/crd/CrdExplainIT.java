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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The output of {@code kubectl explain}. */
@OnControlPlane
class CrdExplainIT {
  private final ControlPlane controlPlane;

  CrdExplainIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @ParameterizedTest
  @EnumSource
  void shouldDescribeEveryFieldWhenPublished(ApiKind kind) throws Exception {
    // given
    JsonNode published =
        new ObjectMapper()
            .readTree(controlPlane.admin().raw("/openapi/v3/apis/acktask.dev/v1alpha1"));
    JsonNode schema = published.at("/components/schemas/dev.acktask.v1alpha1." + kind);
    List<String> described = new ArrayList<>();
    List<String> silent = new ArrayList<>();

    // when
    walk("", schema, described, silent);

    // then
    assertEquals(List.of(), silent, "fields without a description");
    assertTrue(described.contains(".status.conditions.lastTransitionTime"), described::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "acktask.spec.taskId, Id of the ACK task",
    "acktask.spec.connectionRef.kind, AckConnection",
    "ackconnection.spec.credentials.workloadIdentity, -required-",
    "ackc.status.conditions.reason, Reason of the status",
    "clusterackconnection.spec.credentials.workloadIdentity, Only for AckConnection",
    "cackc.spec.allowedNamespaces.selector.matchExpressions.operator, DoesNotExist",
    "acktaskdiscovery.spec.clusters, Exactly one of ids and all",
    "ackd.spec.types.exclude, scaleout",
    "ackd.spec.template.spec.ttlSecondsAfterFinished, 604800",
    "acktaskgate.spec.mode, either outcome is final",
    "ackg.spec.selector, -required-",
    "ackg.spec.count, closed before it is judged",
    "ackg.spec.discoveryRef, AckTaskDiscovery of the namespace",
    "ackg.status.blocking, what closed it"
  })
  void shouldPrintDescriptionWhenAskedForANestedField(String field, String expected) {
    String explained = controlPlane.kubectl("explain", field).orThrow();

    assertTrue(explained.contains(expected), explained);
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
