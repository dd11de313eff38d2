package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The objects that the chart renders. */
class ChartTest {
  private static final List<String> CRDS =
      List.of(
          "ackconnections.acktask.dev",
          "acktaskdiscoveries.acktask.dev",
          "acktaskgates.acktask.dev",
          "acktasks.acktask.dev",
          "clusterackconnections.acktask.dev");
  private static final Chart CHART = Chart.ours();
  private static final String ON_ACK =
      "{region: cn-hangzhou, rrsa: {roleName: acktask}, " + Chart.IMAGE + "}";

  static List<Path> examples() {
    return CHART.examples();
  }

  @Test
  void shouldInstallTheNecessaryAndNothingElseWhenThreeValuesAreSet() {
    assertEquals(
        List.of(
            "ClusterRole/acktask-operator",
            "ClusterRole/acktask-operator-cluster",
            "ClusterRole/acktask-operator-edit",
            "ClusterRole/acktask-operator-view",
            "ClusterRoleBinding/acktask-operator",
            "ClusterRoleBinding/acktask-operator-cluster",
            "CustomResourceDefinition/ackconnections.acktask.dev",
            "CustomResourceDefinition/acktaskdiscoveries.acktask.dev",
            "CustomResourceDefinition/acktaskgates.acktask.dev",
            "CustomResourceDefinition/acktasks.acktask.dev",
            "CustomResourceDefinition/clusterackconnections.acktask.dev",
            "Deployment/acktask-operator",
            "NetworkPolicy/acktask-operator",
            "Role/acktask-operator-leader",
            "RoleBinding/acktask-operator-leader",
            "Service/acktask-operator",
            "ServiceAccount/acktask-operator",
            "ValidatingAdmissionPolicy/acktask-operator-metadata",
            "ValidatingAdmissionPolicyBinding/acktask-operator-metadata"),
        CHART.render(ON_ACK).names());
  }

  @ParameterizedTest
  @CsvSource({"auto, 1", "true, 1", "'\"true\"', 1", "false, 0", "'\"false\"', 0"})
  void shouldInstallTheAdmissionPolicyWhenItIsEnabled(String value, int policies) {
    Rendered rendered = CHART.render(Chart.leastWith("admissionPolicy: {enabled: " + value + "}"));

    assertEquals(policies, rendered.all(ValidatingAdmissionPolicy.class).size());
    assertEquals(policies, rendered.all(ValidatingAdmissionPolicyBinding.class).size());
  }

  @Test
  void shouldBoundTheMetadataByTheValuesWhenTheyAreSet() {
    String text =
        CHART
            .render(
                Chart.leastWith(
                    "admissionPolicy: {maxAnnotationBytes: 50000, maxMetadataEntries: 77}"))
            .text();

    assertTrue(text.contains("variables.annotationBytes <= 50000"), text);
    assertTrue(text.contains("variables.entries <= 77"), text);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldLabelEveryObjectAndNameItsNamespace(Path example) throws IOException {
    Rendered rendered =
        CHART.render(Files.readString(example) + "\n# more\ncommonLabels: {team: platform}\n");

    for (HasMetadata object : rendered.objects()) {
      String name = object.getKind() + " " + object.getMetadata().getName();
      if (!object.getMetadata().getName().endsWith("-more")) {
        assertEquals("platform", object.getMetadata().getLabels().get("team"), name);
        assertEquals(
            "Helm", object.getMetadata().getLabels().get("app.kubernetes.io/managed-by"), name);
      }
      boolean isOfTheCluster =
          object instanceof ClusterRole
              || object instanceof ClusterRoleBinding
              || object instanceof CustomResourceDefinition
              || object instanceof ValidatingAdmissionPolicy
              || object instanceof ValidatingAdmissionPolicyBinding;
      assertEquals(isOfTheCluster, object.getMetadata().getNamespace() == null, name);
    }
  }

  @Test
  void shouldCarryTheCrdsOfTheRepository() throws IOException {
    assertEquals(CRDS, names(Settings.repository().resolve("crds")));
    assertEquals(CRDS, names(CHART.folder().resolve("files/crds")));
    List<CustomResourceDefinition> rendered =
        CHART.render(Chart.LEAST).all(CustomResourceDefinition.class);
    for (int i = 0; i < CRDS.size(); i++) {
      String file = "crds/" + CRDS.get(i) + ".yaml";
      assertEquals(
          Files.readString(Settings.repository().resolve(file)),
          CHART.read("files/" + file),
          "fix it: cp crds/*.yaml helm/acktask-operator/files/crds/");
      CustomResourceDefinition shipped =
          Serialization.unmarshal(CHART.read("files/" + file), CustomResourceDefinition.class);
      assertEquals(CRDS.get(i), rendered.get(i).getMetadata().getName());
      assertEquals(shipped.getSpec(), rendered.get(i).getSpec());
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true, 5", "true, false, 0", "false, true, 0"})
  void shouldKeepTheCrdsOnlyWhenCrdsKeepIsTrue(boolean enabled, boolean keep, int kept) {
    List<CustomResourceDefinition> rendered =
        CHART
            .render(Chart.leastWith("crds: {enabled: %s, keep: %s}".formatted(enabled, keep)))
            .all(CustomResourceDefinition.class);

    assertEquals(enabled ? CRDS.size() : 0, rendered.size());
    assertEquals(
        kept,
        rendered.stream()
            .map(crd -> crd.getMetadata().getAnnotations().get("helm.sh/resource-policy"))
            .filter("keep"::equals)
            .count());
  }

  @Test
  void shouldLintWithItsDefaults() {
    var result = new com.marcnuri.helm.Helm(CHART.folder()).lint().strict().quiet().call();

    assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.yaml$", ""))
          .sorted()
          .toList();
    }
  }
}
