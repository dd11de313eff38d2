package dev.acktask.e2e.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.marcnuri.helm.Helm;
import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.HelmLibrary;
import dev.acktask.e2e.cluster.Kubectl;
import dev.acktask.e2e.cluster.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The API server accepts every manifest of the examples of a kind that it knows. */
@OnControlPlane
class ExamplesIT {
  private static ControlPlane controlPlane;
  @TempDir private static Path scratch;

  @BeforeAll
  static void on(ControlPlane started) {
    controlPlane = started;
  }

  @TestFactory
  List<DynamicTest> shouldApplyAsWritten() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    Map<Path, String> namespaces = new HashMap<>();
    for (Path file : Manifests.files()) {
      Path path = Manifests.EXAMPLES.relativize(file);
      String own =
          namespaces.computeIfAbsent(
              path.getName(0), example -> controlPlane.createNamespace("example"));
      for (GenericKubernetesResource object : Manifests.read(file)) {
        if (Manifests.isServed(object)) {
          tests.add(dynamicTest(path + " " + object.getKind(), () -> apply(object, own)));
        }
      }
    }
    assertTrue(tests.size() >= 15, tests::toString);
    return tests;
  }

  @Test
  void shouldLetTheWorkflowCreateAndReadItsAckTask() throws IOException {
    // given
    Path folder = Manifests.EXAMPLES.resolve("05-argo-workflows");
    String own = controlPlane.createNamespace("workflow");
    for (GenericKubernetesResource object : Manifests.read(folder.resolve("rbac.yaml"))) {
      controlPlane
          .kubectl("apply", "-f", Manifests.moved(object, own, scratch).toString())
          .orThrow();
    }
    Kubectl workflow = controlPlane.kubectlAs(controlPlane.kubeconfigFor(own, "upgrade-workflow"));
    GenericKubernetesResource manifest =
        Manifests.parse(manifestOf(folder.resolve("workflow.yaml"))).get(0);

    // when
    String created =
        workflow
            .run(
                "create",
                "-f",
                Manifests.moved(manifest, own, scratch).toString(),
                "--output=jsonpath={.metadata.name}")
            .orThrow();
    String phase =
        workflow
            .run("get", "acktask", created, "-n", own, "--output=jsonpath={.status.phase}")
            .orThrow();

    // then
    assertTrue(created.startsWith("upgrade-"), created);
    assertEquals("Pending", phase);
  }

  @Test
  void shouldRenderOneObjectPerTaskWhenTheChartIsInstalled() throws IOException {
    // when
    GenericKubernetesResource first = render("shop-upgrade", "T-000000000000000000000f01");
    GenericKubernetesResource again = render("shop-upgrade", "T-000000000000000000000f01");
    GenericKubernetesResource second = render("shop-upgrade", "T-000000000000000000000f02");
    GenericKubernetesResource odd = render("a".repeat(39) + "-" + "b".repeat(13), "Odd_Id.-");

    // then
    String namespace = controlPlane.createNamespace("chart");
    assertEquals(first.getMetadata().getName(), again.getMetadata().getName());
    assertNotEquals(first.getMetadata().getName(), second.getMetadata().getName());
    for (GenericKubernetesResource object : List.of(first, second, odd)) {
      assertEquals(AckTasks.KIND, object.getKind());
      apply(object, namespace);
    }
    assertEquals("T-000000000000000000000f01", first.get("spec", "taskId"));
  }

  @Test
  void shouldRefuseToRenderWhenThereIsNoTask() {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> render("shop-upgrade", ""));

    assertTrue(refused.getMessage().contains("taskId"), refused::getMessage);
  }

  private static GenericKubernetesResource render(String release, String taskId)
      throws IOException {
    Path values =
        Files.writeString(
            Files.createTempFile(scratch, "values", ".yaml"), "taskId: '" + taskId + "'\n");
    String rendered =
        HelmLibrary.call(
            () ->
                new Helm(Manifests.EXAMPLES.resolve("06-helm/chart"))
                    .template()
                    .withName(release)
                    .withKubeVersion("1.34.0")
                    .withValuesFile(values)
                    .call());
    List<GenericKubernetesResource> objects = Manifests.parse(rendered);
    assertEquals(1, objects.size(), rendered);
    return objects.get(0);
  }

  private static String manifestOf(Path workflow) throws IOException {
    List<Map<String, Object>> templates = Manifests.read(workflow).get(0).get("spec", "templates");
    for (Map<String, Object> template : templates) {
      if (template.get("resource") instanceof Map<?, ?> resource) {
        return resource
            .get("manifest")
            .toString()
            .replace("{{inputs.parameters.task-id}}", "T-000000000000000000000e01");
      }
    }
    throw new AssertionError("no resource template in " + workflow);
  }

  private static void apply(GenericKubernetesResource object, String namespace) throws IOException {
    CommandResult applied =
        controlPlane.kubectl("apply", "-f", Manifests.moved(object, namespace, scratch).toString());
    assertEquals(0, applied.exitCode(), applied::toString);
  }
}
