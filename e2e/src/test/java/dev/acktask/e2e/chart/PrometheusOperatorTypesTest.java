package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the objects for the Prometheus Operator against its Java types, because its CRDs silently
 * drop unknown fields.
 */
class PrometheusOperatorTypesTest {
  private static final Chart CHART = Chart.ours();
  private static final Path EVERYTHING = CHART.folder().resolve("ci/monitoring-values.yaml");

  /** The types keep what they do not know in a map; here that is an error, at any depth. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  @ParameterizedTest
  @ValueSource(classes = {ServiceMonitor.class, PrometheusRule.class})
  void shouldHaveNoUnknownFieldWhenMonitored(Class<? extends HasMetadata> kind) throws Exception {
    Map<String, Object> tree = only(kind.getSimpleName(), Files.readString(EVERYTHING));

    HasMetadata typed = STRICT.convertValue(tree, kind);

    assertEquals(tree, STRICT.convertValue(typed, Map.class));
  }

  @Test
  void shouldHaveNoUnknownFieldWhenPodsAreMonitored() throws Exception {
    String values = Files.readString(EVERYTHING).replace("serviceMonitor:", "podMonitor:");
    Map<String, Object> tree = only("PodMonitor", values);

    PodMonitor typed = STRICT.convertValue(tree, PodMonitor.class);

    assertEquals(tree, STRICT.convertValue(typed, Map.class));
  }

  @Test
  void shouldFailWhenANestedFieldIsMisspelt() throws Exception {
    Map<String, Object> rule = only("PrometheusRule", Files.readString(EVERYTHING));
    String misspelt = STRICT.writeValueAsString(rule).replace("\"expr\"", "\"expression\"");

    Exception refused =
        assertThrows(Exception.class, () -> STRICT.readValue(misspelt, PrometheusRule.class));

    assertTrue(refused.getMessage().contains("\"expression\""), refused::getMessage);
  }

  private static Map<String, Object> only(String kind, String values) {
    return CHART.render(values).trees().values().stream()
        .filter(tree -> tree.get("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
