package dev.acktask.e2e.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Static checks of the workflows and of the dependency updates. */
class WorkflowsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");
  private static final Pattern USES =
      Pattern.compile("^\\s*(?:- )?uses: \\S+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+$");
  private static final Pattern BUILD = Pattern.compile("\\bmvn\\b|hack/release\\.sh|\\bjib:");

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Settings.repository().resolve(".github/workflows"))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void shouldPinEachActionByItsCommitWhenAWorkflowUsesOne(Path file) throws IOException {
    List<String> uses = new ArrayList<>();
    steps(file).forEach(step -> uses.add(step.path("uses").asText("")));

    assertEquals(
        List.of(),
        uses.stream().filter(name -> !name.isEmpty() && !PINNED.matcher(name).matches()).toList());
    assertEquals(
        List.of(),
        Files.readAllLines(file).stream()
            .filter(line -> line.contains("uses:") && !USES.matcher(line).matches())
            .toList(),
        "Renovate reads the version in the comment");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void shouldGiveNoSecretToAWholeJobOrWorkflow(Path file) throws IOException {
    JsonNode workflow = YAML.readTree(file.toFile());

    assertFalse(workflow.path("env").toString().contains("secrets."), "workflow");
    for (Map.Entry<String, JsonNode> job : workflow.path("jobs").properties()) {
      JsonNode all = job.getValue();
      assertFalse(all.path("env").toString().contains("secrets."), job.getKey());
      assertFalse(all.has("secrets"), job.getKey());
      assertFalse(all.path("container").toString().contains("secrets."), job.getKey());
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void shouldKeepNoCredentialsOfTheCheckout(Path file) throws IOException {
    steps(file)
        .filter(step -> step.path("uses").asText("").startsWith("actions/checkout@"))
        .forEach(
            step ->
                assertEquals(
                    "false", step.at("/with/persist-credentials").asText(), step.toString()));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void shouldOnlyReadWhenNoReleaseIsMade(Path file) throws IOException {
    JsonNode permissions = YAML.readTree(file.toFile()).path("permissions");

    assertTrue(permissions.isObject(), "GitHub's default permissions can write");
    permissions.forEach(right -> assertEquals("read", right.asText()));
  }

  @Test
  void shouldGiveSecretsOnlyToStepsThatPush() throws IOException {
    List<String> holders = new ArrayList<>();
    for (Path file : workflows()) {
      steps(file)
          .filter(step -> step.toString().contains("secrets."))
          .forEach(
              step -> {
                holders.add(step.path("name").asText());
                assertFalse(step.has("uses"), "an action of others holds a secret: " + step);
                assertTrue(step.path("run").asText().contains(" login "), step::toString);
              });
    }

    assertEquals(
        List.of("Push the images for both platforms", "Push the chart", "Sign and attest"),
        holders);
  }

  @Test
  void shouldBuildNothingInTheJobThatPushes() throws IOException {
    // when
    JsonNode jobs =
        YAML.readTree(Settings.repository().resolve(".github/workflows/release.yml").toFile())
            .path("jobs");

    // then
    assertEquals("build", jobs.at("/publish/needs").asText());
    for (JsonNode step : jobs.at("/publish/steps")) {
      assertFalse(BUILD.matcher(step.path("run").asText()).find(), step::toString);
    }
    assertFalse(jobs.path("build").toString().contains("secrets."), "the build has no secrets");
    assertEquals("{\"contents\":\"read\"}", jobs.at("/build/permissions").toString());
    String compared = jobs.at("/build/steps").toString();
    assertTrue(compared.contains("hack/release.sh --check"), compared);
    String pushed = jobs.at("/publish/steps").toString();
    assertTrue(pushed.contains("sha256sum --check --strict SHA256SUMS"), pushed);
    assertTrue(pushed.contains("hack/push-image.sh"), pushed);
  }

  @Test
  void shouldScanTheImageOnASchedule() throws IOException {
    JsonNode scan =
        YAML.readTree(Settings.repository().resolve(".github/workflows/scan.yml").toFile());

    assertTrue(scan.at("/on/schedule/0/cron").isTextual(), scan::toString);
    assertTrue(scan.toString().contains("anchore/scan-action@"), scan::toString);
  }

  /** Each action, each go.mod and the base image has a manager that updates it. */
  @Test
  void shouldUpdateTheBaseImageWhenThePomPinsIt() throws IOException {
    // when
    Path repository = Settings.repository();
    JsonNode renovate = new ObjectMapper().readTree(repository.resolve("renovate.json").toFile());

    // then
    assertEquals(
        new TreeSet<>(List.of("custom.regex", "github-actions", "gomod", "maven")),
        new TreeSet<>(texts(renovate.path("enabledManagers"))));
    assertFalse(texts(renovate.path("schedule")).isEmpty());
    JsonNode manager = renovate.at("/customManagers/0");
    // Renovate's patterns are RE2; this one has the same meaning in Java.
    Matcher base =
        Pattern.compile(manager.at("/matchStrings/0").asText())
            .matcher(Files.readString(repository.resolve("pom.xml")));
    assertTrue(base.find(), "renovate.json does not find the base image in pom.xml");
    assertEquals("eclipse-temurin", base.group("depName"));
    assertTrue(base.group("currentDigest").startsWith("sha256:"));
  }

  private static Stream<JsonNode> steps(Path workflow) throws IOException {
    List<JsonNode> steps = new ArrayList<>();
    for (JsonNode job : YAML.readTree(workflow.toFile()).path("jobs")) {
      job.path("steps").forEach(steps::add);
    }
    return steps.stream();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
