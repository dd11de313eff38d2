package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rights of the operator for discoveries, and the discoveries of a release. */
class DiscoveryChartTest {
  private static final Chart CHART = Chart.ours();
  private static final String TASKS_ONLY = "connections: {enabled: false}, ";
  private static final String CRDS_OF_ANOTHER_TOOL = "crds: {enabled: false}, ";

  private static final List<String> TASKS =
      List.of(
          "get list watch delete acktask.dev/acktasks",
          "update acktask.dev/acktasks/status",
          "create events.k8s.io/events",
          "get list watch acktask.dev/acktaskgates",
          "update acktask.dev/acktaskgates/status");
  private static final List<String> DISCOVERIES =
      List.of(
          "create patch acktask.dev/acktasks",
          "get list watch acktask.dev/acktaskdiscoveries",
          "update acktask.dev/acktaskdiscoveries/status");

  @Test
  void shouldCreateNoTaskByDefault() {
    Rendered rendered = CHART.render(Chart.leastWith(CRDS_OF_ANOTHER_TOOL + TASKS_ONLY));

    assertEquals(Map.of("everywhere: acktask-operator", TASKS), OperatorRights.of(rendered));
    assertFalse(rendered.text().contains("acktaskdiscoveries"), rendered.text());
  }

  @Test
  void shouldAddTheRightsForDiscoveriesWhenTheyAreOn() {
    List<String> both = new ArrayList<>(TASKS);
    both.addAll(DISCOVERIES);

    assertEquals(
        Map.of("everywhere: acktask-operator", both),
        OperatorRights.of(
            CHART.render(Chart.leastWith(TASKS_ONLY + "discovery: {enabled: true}"))));
    assertEquals(
        Map.of("team-a: acktask-operator", both),
        OperatorRights.of(
            CHART.render(
                Chart.leastWith(
                    TASKS_ONLY + "watchNamespaces: [team-a], discovery: {enabled: true}"))));
  }

  @Test
  void shouldRenderTheDiscoveriesOfTheRelease() {
    // given
    String values =
        """
        discovery: {enabled: true, objects: [
          {name: here, spec: {clusters: {all: true}}},
          {name: there, namespace: team-a, labels: {team: a, app.kubernetes.io/name: x},
           spec: {clusters: {ids: [c1]}, limit: 5}}]}
        """
            .replace("\n", " ");

    // when
    Rendered rendered = CHART.render(Chart.leastWith(CRDS_OF_ANOTHER_TOOL + values));

    // then
    List<HasMetadata> found = discoveries(rendered);
    assertEquals(
        List.of("acktask-system/here", "team-a/there"),
        found.stream()
            .map(d -> d.getMetadata().getNamespace() + "/" + d.getMetadata().getName())
            .toList());
    GenericKubernetesResource there = (GenericKubernetesResource) found.get(1);
    assertEquals(Map.of("clusters", Map.of("ids", List.of("c1")), "limit", 5), there.get("spec"));
    Map<String, String> labels = there.getMetadata().getLabels();
    assertEquals("a", labels.get("team"));
    assertEquals("acktask-operator", labels.get("app.kubernetes.io/name"));
  }

  /** Created again, a discovery would not know which AckTasks were deleted by hand. */
  @Test
  void shouldLetHelmDeleteNoDiscovery() throws IOException {
    for (HasMetadata discovery :
        discoveries(CHART.render(Files.readString(CHART.example("discovery"))))) {
      assertEquals(
          Map.of("helm.sh/resource-policy", "keep"), discovery.getMetadata().getAnnotations());
    }
  }

  /** Helm would refuse the whole release: the API server does not know the kind yet. */
  @Test
  void shouldRenderNoDiscoveryBesideTheFirstCrd() {
    Rendered rendered =
        CHART.render(
            Chart.leastWith(
                "discovery: {enabled: true, objects: [{name: a, spec: {clusters: {all: true}}}]}"));

    assertEquals(List.of(), discoveries(rendered));
  }

  @Test
  void shouldInstallNoRightToDiscoveriesWithoutHelm() throws IOException {
    String install = Files.readString(CHART.folder().resolve("../../deploy/install.yaml"));

    assertTrue(install.contains("name: acktaskdiscoveries.acktask.dev\n"), "the CRD");
    assertFalse(install.contains("resources: [acktaskdiscoveries]"), "a right");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "discovery: {objects: [{name: a, spec: {clusters: {all: true}}}]}"
            + " | set discovery.enabled=true",
        "watchNamespaces: [team-a], discovery: {enabled: true, objects: [{name: a, spec: {clusters:"
            + " {all: true}}}]} | a in the namespace acktask-system, which is not in"
            + " watchNamespaces",
        "discovery: {enabled: 'yes'}                                    | enabled",
        "discovery: {enabled: true, objects: [{name: a}]}               | spec",
        "discovery: {enabled: true, objects: [{name: a, spec: {}}]}     | clusters",
        "discovery: {enabled: true, objects: [{name: A, spec: {clusters: {all: true}}}]} | name",
        "discovery: {enabled: true, object: []}                         | object",
      })
  void shouldNameTheFixWhenTheValuesCannotWork(String values, String fix) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> CHART.render(Chart.leastWith(values.strip())));

    assertTrue(refused.getMessage().contains(fix), refused::getMessage);
  }

  /** The example of a values file has no field that the CRD lacks. */
  @Test
  void shouldUseOnlyFieldsOfTheCrdInTheExample() throws IOException {
    JsonNode fields =
        new YAMLMapper()
            .readTree(CHART.read("files/crds/acktaskdiscoveries.acktask.dev.yaml"))
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    for (HasMetadata discovery :
        discoveries(CHART.render(Files.readString(CHART.example("discovery"))))) {
      Map<String, ?> spec = ((GenericKubernetesResource) discovery).get("spec");
      spec.keySet().forEach(field -> assertTrue(fields.has(field), field));
    }
  }

  @Test
  void shouldRenderTheValuesOfTheDiscoveryPage() throws IOException {
    String page = Files.readString(CHART.folder().resolve("../../docs/discovery.md"));
    int start = page.indexOf("```yaml\ndiscovery:\n") + "```yaml\n".length();
    String values = page.substring(start, page.indexOf("```", start));

    List<HasMetadata> found =
        discoveries(
            CHART.render(
                values
                    + """
                    region: cn-hangzhou
                    credentials: {existingSecret: acktask-credentials}
                    image: {repository: registry.example.com/acktask-operator}
                    crds: {enabled: false}
                    """));

    assertEquals(1, found.size());
    assertEquals("ack", found.get(0).getMetadata().getNamespace());
  }

  private static List<HasMetadata> discoveries(Rendered rendered) {
    return rendered.objects().stream()
        .filter(object -> object.getKind().equals("AckTaskDiscovery"))
        .toList();
  }
}
