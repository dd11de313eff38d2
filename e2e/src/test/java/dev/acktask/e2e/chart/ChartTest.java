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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The objects that the chart renders. */
class ChartTest {
  private static final Path CRD = Path.of("crds/acktasks.acktask.dev.yaml");
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
            "CustomResourceDefinition/acktasks.acktask.dev",
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
  void shouldCarryTheCrdOfTheRepository() throws IOException {
    assertEquals(
        Files.readString(Settings.repository().resolve(CRD)),
        CHART.read("files/" + CRD),
        "fix it: cp crds/*.yaml helm/acktask-operator/files/crds/");
    CustomResourceDefinition shipped =
        Serialization.unmarshal(CHART.read("files/" + CRD), CustomResourceDefinition.class);
    CustomResourceDefinition rendered =
        CHART.render(Chart.LEAST).one(CustomResourceDefinition.class);
    assertEquals(shipped.getSpec(), rendered.getSpec());
  }

  @Test
  void shouldKeepTheCrdOnlyWhenCrdsKeepIsTrue() {
    // when
    String policy = "helm.sh/resource-policy";
    Rendered kept = CHART.render(Chart.LEAST);
    Rendered removed = CHART.render(Chart.leastWith("crds: {keep: false}"));
    Rendered without = CHART.render(Chart.leastWith("crds: {enabled: false}"));

    // then
    CustomResourceDefinition crd = kept.one(CustomResourceDefinition.class);
    assertEquals("keep", crd.getMetadata().getAnnotations().get(policy));
    crd = removed.one(CustomResourceDefinition.class);
    assertFalse(crd.getMetadata().getAnnotations().containsKey(policy));
    assertEquals(List.of(), without.all(CustomResourceDefinition.class));
  }

  @Test
  void shouldLintWithItsDefaults() {
    var result = new com.marcnuri.helm.Helm(CHART.folder()).lint().strict().quiet().call();

    assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
  }
}
