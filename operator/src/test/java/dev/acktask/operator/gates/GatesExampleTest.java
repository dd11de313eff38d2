package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.gates.Example.Golden;
import dev.acktask.operator.text.GepDuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the example fit together; {@code ExamplesIT} applies them. */
final class GatesExampleTest {
  private static final Path FOLDER = Example.ROOT.resolve("10-gates");
  private static final Path STATES =
      Example.ROOT.resolve("04-argo-cd/resource_customizations/acktask.dev/AckTaskGate/testdata");
  private static final List<String> ORDER = List.of("pools", "quiet", "app");

  /** Flux and Argo CD apply the same files. */
  @Test
  void shouldApplyOneManifestForEachStep() throws IOException {
    assertEquals(
        List.of("AckTaskGate AllSucceeded", "AckTaskGate NoneRunning", "ConfigMap "),
        ORDER.stream()
            .map(GatesExampleTest::manifest)
            .map(it -> it.get("kind").asText() + " " + it.at("/spec/mode").asText())
            .toList());
  }

  @Test
  void shouldSelectTheFivePoolsOfOneChange() {
    // given
    JsonNode pools = manifest("pools").get("spec");
    JsonNode labels = pools.at("/selector/matchLabels");
    Duration since = GepDuration.parse(pools.get("since").asText()).orElseThrow();

    // then
    assertEquals("nodepool_upgrade", labels.get("acktask.dev/task-type").asText());
    assertEquals(clusterOfTheDiscovery(), labels.get("acktask.dev/cluster-id").asText());
    assertEquals(5, pools.get("count").asInt());
    assertTrue(since.compareTo(Duration.ofHours(24)) < 0, "the discovery creates no older one");
  }

  @Test
  void shouldReadTheDiscoveryOfItsNamespaceAndOneOfItsClusters() {
    JsonNode discovery = one("discovery.yaml");
    JsonNode quiet = manifest("quiet");

    assertEquals(discovery.at("/metadata/name"), quiet.at("/spec/discoveryRef/name"));
    assertEquals(discovery.at("/metadata/namespace"), quiet.at("/metadata/namespace"));
    assertEquals("[\"" + clusterOfTheDiscovery() + "\"]", quiet.at("/spec/clusterIds").toString());
  }

  @Test
  void shouldApplyEachKustomizationAfterTheOneBefore() throws IOException {
    List<JsonNode> kustomizations = Example.all(FOLDER.resolve("flux.yaml"));

    for (int i = 0; i < ORDER.size(); i++) {
      JsonNode kustomization = kustomizations.get(i);
      assertEquals(ORDER.get(i), kustomization.at("/metadata/name").asText());
      assertEquals(
          i == 0 ? "" : ORDER.get(i - 1),
          kustomization.at("/spec/dependsOn/0/name").asText(),
          ORDER.get(i));
      assertEquals(
          "./examples/10-gates/manifests/" + ORDER.get(i), kustomization.at("/spec/path").asText());
      boolean isGate = manifest(ORDER.get(i)).get("kind").asText().equals("AckTaskGate");
      assertEquals(isGate, kustomization.at("/spec/wait").asBoolean(), "waits for gates");
      assertFalse(kustomization.at("/spec").has("healthChecks"), "wait makes Flux ignore them");
    }
  }

  @Test
  void shouldSyncEachManifestInALaterWave() throws IOException {
    assertEquals(
        List.of("0", "1", "2"),
        ORDER.stream()
            .map(GatesExampleTest::manifest)
            .map(it -> it.at("/metadata/annotations/argocd.argoproj.io~1sync-wave").asText())
            .toList());
    JsonNode source = one("argo-cd.yaml").at("/spec/source");
    assertEquals("examples/10-gates/manifests", source.get("path").asText());
    assertTrue(source.at("/directory/recurse").asBoolean(), "the manifests lie in folders");
  }

  /** The workflow creates its own gates, with the same specs. */
  @ParameterizedTest
  @ValueSource(strings = {"pools", "quiet"})
  void shouldCreateTheSameGateInTheWorkflow(String step) throws IOException {
    JsonNode resource = resource(step);
    JsonNode created = Example.allIn(resource.get("manifest").asText()).get(0);

    assertEquals("create", resource.get("action").asText());
    assertEquals(step + "-", created.at("/metadata/generateName").asText());
    assertEquals(manifest(step).get("spec"), created.get("spec"));
  }

  @Test
  void shouldRunTheStepsOfTheWorkflowOneAfterTheOther() {
    List<String> steps = new ArrayList<>();
    for (JsonNode parallel : one("workflow.yaml").at("/spec/templates/0/steps")) {
      assertEquals(1, parallel.size(), "one step at a time");
      steps.add(parallel.at("/0/template").asText());
    }

    assertEquals(ORDER, steps);
  }

  /** The step of a workflow ends in the states of a gate in which the gate is open or closed. */
  @TestFactory
  Stream<DynamicTest> shouldEndTheStepWhenTheGateHasAVerdict() throws IOException {
    return Example.files(STATES, ".yaml").stream()
        .map(file -> new Golden(file.getFileName().toString(), read(file)))
        .map(
            state ->
                dynamicTest(
                    state.name(),
                    () -> {
                      for (String step : List.of("pools", "quiet")) {
                        assertEquals(
                            ArgoWorkflowsStep.ofVerdict(state.condition("Succeeded")),
                            ArgoWorkflowsStep.of(resource(step), state.object()));
                      }
                    }));
  }

  /** A gate in mode NoneRunning never settles. */
  @Test
  void shouldWaitInTheJobForWhatEachModeReports() {
    // given
    JsonNode pod = one("job.yaml").at("/spec/template/spec");
    List<String> waits = new ArrayList<>();

    // when
    for (String containers : List.of("initContainers", "containers")) {
      for (JsonNode container : pod.get(containers)) {
        waits.add(container.at("/command/2").asText() + " " + container.at("/command/3").asText());
      }
    }

    // then
    String pools = "acktaskgate/" + manifest("pools").at("/metadata/name").asText();
    String quiet = "acktaskgate/" + manifest("quiet").at("/metadata/name").asText();
    assertEquals(
        List.of(
            pools + " --for=condition=Settled",
            pools + " --for=condition=Succeeded",
            quiet + " --for=condition=Ready"),
        waits);
    assertEquals(0, one("job.yaml").at("/spec/backoffLimit").asInt(-1), "a verdict is final");
  }

  @Test
  void shouldLetTheJobReadGatesAndNothingElse() throws IOException {
    List<JsonNode> objects = Example.all(FOLDER.resolve("rbac.yaml"));

    assertEquals(
        "[{\"apiGroups\":[\"acktask.dev\"],\"resources\":[\"acktaskgates\"],"
            + "\"verbs\":[\"get\",\"list\",\"watch\"]}]",
        objects.get(1).get("rules").toString());
    assertEquals(
        objects.get(0).at("/metadata/name"),
        one("job.yaml").at("/spec/template/spec/serviceAccountName"));
  }

  /** The commands and names that the page shows are those of the files. */
  @Test
  void shouldNameTheGatesOfTheFilesOnThePage() throws IOException {
    String page = Files.readString(FOLDER.resolve("README.md"));
    Set<String> named = new TreeSet<>();

    Pattern.compile("acktaskgate/([a-z0-9-]+)")
        .matcher(page)
        .results()
        .forEach(match -> named.add(match.group(1)));

    assertEquals(
        Set.of(
            manifest("pools").at("/metadata/name").asText(),
            manifest("quiet").at("/metadata/name").asText()),
        named);
    assertTrue(page.contains("job/" + one("job.yaml").at("/metadata/name").asText() + " "), page);
  }

  private static String clusterOfTheDiscovery() {
    return one("discovery.yaml").at("/spec/clusters/ids/0").asText();
  }

  private static JsonNode resource(String step) {
    return StreamSupport.stream(one("workflow.yaml").at("/spec/templates").spliterator(), false)
        .filter(template -> template.get("name").asText().equals(step))
        .findFirst()
        .orElseThrow()
        .get("resource");
  }

  /** The only object of a folder of {@code manifests}. */
  private static JsonNode manifest(String folder) {
    try {
      List<Path> files = Example.files(FOLDER.resolve("manifests/" + folder), ".yaml");
      assertEquals(1, files.size(), folder);
      return read(files.get(0));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonNode one(String file) {
    return read(FOLDER.resolve(file));
  }

  private static JsonNode read(Path file) {
    try {
      return Example.one(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
