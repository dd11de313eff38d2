package dev.acktask.e2e.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.chart.Chart;
import dev.acktask.e2e.chart.Rendered;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A real API server accepts every object of every example of values, without warnings. */
@OnControlPlane
class DryRunIT {
  private static final String NAMESPACE = "restricted";
  private static final Pattern BETWEEN = Pattern.compile("(?m)^---\\s*$");

  private static ControlPlane controlPlane;

  @TempDir private static Path scratch;

  @BeforeAll
  static void prepare(ControlPlane started) throws IOException {
    controlPlane = started;
    for (String name : List.of(NAMESPACE, "team-a", "team-b")) {
      controlPlane.kubectl("create", "namespace", name).orThrow();
    }
    controlPlane
        .kubectl(
            "label",
            "namespace",
            NAMESPACE,
            "pod-security.kubernetes.io/enforce=restricted",
            "pod-security.kubernetes.io/warn=restricted")
        .orThrow();
    controlPlane.kubectl("apply", "-f", monitoringKinds().toString()).orThrow();
    controlPlane
        .kubectl("wait", "crd", "--all", "--for=condition=Established", "--timeout=60s")
        .orThrow();
  }

  @AfterAll
  static void clean() {
    controlPlane.kubectl("delete", "-f", scratch.resolve("kinds.yaml").toString()).orThrow();
  }

  @TestFactory
  List<DynamicTest> shouldAcceptEveryObjectWithoutAWarning() {
    List<Path> examples = Chart.ours().examples();
    assertTrue(examples.size() >= 6, examples::toString);
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(example.getFileName().toString(), () -> accept(example)))
        .toList();
  }

  private static void accept(Path example) throws IOException {
    Rendered rendered = Chart.ours().render("dry-run", NAMESPACE, Files.readString(example));
    // The CRDs exist already, but not by kubectl apply, which would print a warning.
    for (String document : BETWEEN.split(rendered.text(), -1)) {
      if (document.contains("kind: CustomResourceDefinition\n")) {
        silently("replace", "--dry-run=server", document);
      } else if (document.contains("kind: ")) {
        silently("apply", "--dry-run=server", document);
      }
    }
    for (Deployment deployment : rendered.all(Deployment.class)) {
      PodSpec pod = deployment.getSpec().getTemplate().getSpec();
      pod.setServiceAccountName("default");
      silently(
          "create",
          "--dry-run=server",
          Serialization.asYaml(
              new PodBuilder()
                  .withNewMetadata()
                  .withName("pod")
                  .withNamespace(NAMESPACE)
                  .endMetadata()
                  .withSpec(pod)
                  .build()));
    }
  }

  private static void silently(String... argumentsAndYaml) throws IOException {
    int last = argumentsAndYaml.length - 1;
    Path file =
        Files.writeString(
            Files.createTempFile(scratch, "objects", ".yaml"), argumentsAndYaml[last]);
    String[] arguments = Arrays.copyOf(argumentsAndYaml, last + 2);
    arguments[last] = "-f";
    arguments[last + 1] = file.toString();
    CommandResult result = controlPlane.kubectl(arguments);
    assertEquals(0, result.exitCode(), result::toString);
    assertEquals("", result.stderr(), "a warning");
  }

  /** CRDs of the Prometheus Operator without a schema: only their names matter here. */
  private static Path monitoringKinds() throws IOException {
    StringBuilder kinds = new StringBuilder();
    for (String kind : List.of("ServiceMonitor", "PodMonitor", "PrometheusRule")) {
      String plural = kind.toLowerCase(Locale.ROOT) + "s";
      kinds.append(
          """
          ---
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata:
            name: %1$s.monitoring.coreos.com
            annotations:
              api-approved.kubernetes.io: unapproved, a stand-in
          spec:
            group: monitoring.coreos.com
            scope: Namespaced
            names: {kind: %2$s, plural: %1$s}
            versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
          """
              .formatted(plural, kind));
    }
    return Files.writeString(scratch.resolve("kinds.yaml"), kinds);
  }
}
