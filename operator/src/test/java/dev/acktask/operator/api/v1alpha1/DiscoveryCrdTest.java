package dev.acktask.operator.api.v1alpha1;

import static dev.acktask.operator.api.v1alpha1.CrdFile.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.GepDuration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed CRD of discoveries agrees with the Java model and with the CRD of AckTasks. */
final class DiscoveryCrdTest {
  private final CrdFile file = CrdFile.of("acktaskdiscoveries");
  private final JsonNode spec = file.schema().at("/spec/properties");
  private final JsonNode status = file.schema().get("status");

  @Test
  void shouldHaveExactlyTheFieldsOfTheJavaModel() {
    assertEquals(List.of(), file.fixes(DiscoverySpec.class, DiscoveryStatus.class, Set.of()));
  }

  @Test
  void shouldHaveTheDefaultsOfTheCode() {
    assertEquals(DiscoverySpec.DEFAULT_SINCE, spec.at("/since/default").asText());
    assertEquals(DiscoverySpec.DEFAULT_LIMIT, spec.at("/limit/default").asInt());
    assertEquals(DiscoverySpec.AUTOMATIC, spec.at("/mode/default").asText());
    assertEquals(DiscoverySpec.ORPHAN, spec.at("/deletionPolicy/default").asText());
    assertEquals("{\"observedGeneration\":-1}", status.get("default").toString());
  }

  @Test
  void shouldNameTheDefaultsThatOnlyTheOperatorKnows() {
    String exclude = spec.at("/types/properties/exclude/description").asText();
    for (String glob : DiscoverySpec.DEFAULT_EXCLUDED_TYPES) {
      assertTrue(exclude.contains(glob), exclude);
    }
    String ttl =
        spec.at("/template/properties/spec/properties/ttlSecondsAfterFinished/description")
            .asText();
    assertTrue(ttl.contains("" + DiscoverySpec.TaskSpec.DEFAULT_TTL_SECONDS), ttl);
  }

  @Test
  void shouldHaveTheEnumValuesOfTheCode() {
    assertEquals(
        List.of(DiscoverySpec.AUTOMATIC, DiscoverySpec.REPORT_ONLY), texts(spec.at("/mode/enum")));
    assertEquals(
        List.of(DiscoverySpec.ORPHAN, DiscoverySpec.DELETE),
        texts(spec.at("/deletionPolicy/enum")));
    JsonNode reference = spec.at("/connectionRefs/items");
    assertEquals(
        List.of(AckConnection.KIND, ClusterAckConnection.KIND),
        texts(reference.at("/properties/kind/enum")));
    assertEquals(List.of("kind", "name"), texts(reference.get("required")));
  }

  @Test
  void shouldHaveTheBoundsOfTheSpec() {
    assertEquals(DiscoverySpec.MAX_CONNECTIONS, spec.at("/connectionRefs/maxItems").asInt());
    assertEquals(DiscoverySpec.MAX_LIMIT, spec.at("/limit/maximum").asInt());
    for (String list : List.of("ids", "exclude")) {
      JsonNode ids = spec.at("/clusters/properties/" + list);
      assertEquals(DiscoverySpec.MAX_CLUSTER_IDS, ids.get("maxItems").asInt());
      assertEquals(TaskRef.PATTERN, ids.at("/items/pattern").asText());
    }
    for (String list : List.of("include", "exclude")) {
      JsonNode globs = spec.at("/types/properties/" + list);
      assertEquals(DiscoverySpec.MAX_GLOBS, globs.get("maxItems").asInt());
    }
  }

  @Test
  void shouldHaveTheBoundsOfTheStatus() {
    JsonNode properties = status.get("properties");
    assertEquals(DiscoveryStatus.MAX_FAILURES, properties.at("/failures/maxItems").asInt());
    JsonNode watermarks = properties.get("watermarks");
    assertEquals(DiscoveryStatus.MAX_WATERMARKS, watermarks.get("maxItems").asInt());
    assertEquals(
        DiscoveryStatus.MAX_RECENT, watermarks.at("/items/properties/recent/maxItems").asInt());
  }

  @Test
  void shouldHaveThePatternsOfTheCode() {
    assertEquals(GepDuration.PATTERN, spec.at("/since/pattern").asText());
    String bounds = spec.at("/since/x-kubernetes-validations/0/rule").asText();
    assertTrue(bounds.contains(">= duration('" + DiscoverySpec.MIN_SINCE + "')"), bounds);
    assertTrue(bounds.contains("<= duration('" + DiscoverySpec.MAX_SINCE + "')"), bounds);
    for (String list : List.of("include", "exclude")) {
      JsonNode globs = spec.at("/types/properties/" + list + "/items");
      assertEquals(DiscoverySpec.GLOB_PATTERN, globs.get("pattern").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels", "annotations"})
  void shouldRefuseTheKeysOfTheCode(String field) {
    JsonNode map = spec.at("/template/properties/metadata/properties/" + field);

    assertEquals(DiscoverySpec.MAX_METADATA, map.get("maxProperties").asInt());
    assertEquals(
        "!self.exists(key, key.matches(r'" + DiscoverySpec.REFUSED_KEYS + "'))",
        map.at("/x-kubernetes-validations/1/rule").asText());
  }

  /** The annotations of a template fit in what the chart's admission policy allows an AckTask. */
  @Test
  void shouldBoundTheAnnotationsBelowTheAdmissionPolicy() {
    JsonNode values =
        spec.at("/template/properties/metadata/properties/annotations/additionalProperties");
    int longestKey = 253 + 1 + 63;

    assertEquals(DiscoverySpec.MAX_ANNOTATION_VALUE, values.get("maxLength").asInt());
    int most = DiscoverySpec.MAX_METADATA * (longestKey + DiscoverySpec.MAX_ANNOTATION_VALUE);
    assertTrue(most < 16384 - 1024, most + " bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "acktask.dev/discovered-by, true",
    "sub.acktask.dev/x, true",
    "argocd.argoproj.io/instance, true",
    "argocd.argoproj.io/tracking-id, true",
    "kustomize.toolkit.fluxcd.io/name, true",
    "helm.toolkit.fluxcd.io/name, true",
    "meta.helm.sh/release-name, true",
    "app.kubernetes.io/instance, true",
    "app.kubernetes.io/managed-by, true",
    "applyset.kubernetes.io/part-of, true",
    "kubectl.kubernetes.io/last-applied-configuration, true",
    "config.k8s.io/owning-inventory, true",
    "kapp.k14s.io/app, true",
    "objectset.rio.cattle.io/hash, true",
    "app.kubernetes.io/name, false",
    "notacktask.dev/x, false",
    "example.com/team, false",
    "acktask, false"
  })
  void shouldRefuseKeysThatToolsPruneBy(String key, boolean isRefused) {
    assertEquals(isRefused, Pattern.compile(DiscoverySpec.REFUSED_KEYS).matcher(key).matches());
  }

  /** A template that the CRD accepts makes AckTasks that their CRD accepts. */
  @Test
  void shouldBoundTheTemplateAsAckTasksAre() {
    JsonNode task = CrdFile.of("acktasks").schema().at("/spec/properties");
    spec.at("/template/properties/spec/properties")
        .properties()
        .forEach(
            field ->
                assertEquals(
                    rules(task.get(field.getKey())), rules(field.getValue()), field.getKey()));
  }

  @Test
  void shouldHaveThePrinterColumns() {
    assertEquals(
        List.of(
            "Clusters",
            "Tasks",
            "Ready",
            "Reason",
            "Age",
            "Mode wide",
            "Created wide",
            "Limited wide",
            "Message wide"),
        file.columns());
  }

  private static JsonNode rules(JsonNode field) {
    ObjectNode rules = field.deepCopy();
    rules.remove(List.of("description", "default"));
    return rules;
  }
}
