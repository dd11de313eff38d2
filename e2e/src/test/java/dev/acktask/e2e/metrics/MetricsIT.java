package dev.acktask.e2e.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The metrics that a running operator serves. */
@OnControlPlane
class MetricsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Those of discoveries, lists, stages and estimates, which this test may have or not. */
  private static final Set<String> OPTIONAL =
      Set.of(
          "acktask_stage_change_timestamp_seconds",
          "acktask_expected_completion_timestamp_seconds",
          "acktask_discovery_tasks",
          "acktask_discovery_tasks_without_acktask",
          "acktask_operator_sweep_missed_changes_total");

  private static final Path DOCS_PAGE = Path.of("../docs/metrics.md");

  /** A row of a table of the page: the name, the labels, the meaning. */
  private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\| ([^|]*) \\| [^|]+ \\|");

  private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`");

  private static OperatorFixture fixture;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture = OperatorFixture.start(controlPlane, "metrics");
    fixture.cloud().answers("T-failed", Answers.failed("T-failed", "Broken", "It broke."));
    fixture.cloud().answers("T-running", Answers.running("T-running"));
    fixture.tasks().create("failed", "T-failed");
    fixture.tasks().create("running", "T-running");
    await().atMost(SOON).until(() -> "Failed".equals(phase("failed")));
    await().atMost(SOON).until(() -> "Running".equals(phase("running")));
    fixture.tasks().create("deleted", "T-running");
    await().atMost(SOON).until(() -> "Running".equals(phase("deleted")));
    createConnection(controlPlane);
    await().atMost(SOON).until(() -> scrape().has("acktask_connection_tasks{"));
    create(
        controlPlane,
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTaskGate
        metadata: {namespace: %s, name: closed}
        spec: {mode: AllSucceeded, taskRefs: [{name: failed}]}
        """);
    await().atMost(SOON).until(() -> scrape().has("acktask_gate_status_condition{"));
  }

  private static void createConnection(ControlPlane controlPlane) {
    create(
        controlPlane,
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckConnection
        metadata: {namespace: %s, name: unused}
        spec: {regionId: cn-hangzhou, credentials: {secretRef: {name: none}}}
        """);
  }

  private static void create(ControlPlane controlPlane, String yaml) {
    String object = yaml.formatted(fixture.tasks().namespace());
    controlPlane
        .admin()
        .load(new ByteArrayInputStream(object.getBytes(StandardCharsets.UTF_8)))
        .create();
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  @Tag("F89")
  void shouldExportEachTaskUntilItsObjectIsDeleted() {
    await().atMost(SOON).until(() -> scrape().has("acktask_info{", "acktask=\"deleted\""));
    fixture.tasks().delete("deleted");
    await().atMost(SOON).until(() -> !scrape().has("acktask=\"deleted\""));
  }

  @Test
  void shouldExportTheOutcomeWhenATaskEnds() {
    await()
        .atMost(SOON)
        .until(
            () ->
                scrape()
                    .has(
                        "acktask_status_condition{",
                        "acktask=\"failed\"",
                        "condition=\"Succeeded\"",
                        "status=\"False\""));
  }

  @Test
  void shouldExportTheConditionsOfAConnection() {
    await()
        .atMost(SOON)
        .until(
            () ->
                scrape()
                    .has(
                        "acktask_connection_status_condition{",
                        "connection=\"" + fixture.tasks().namespace() + "/unused\"",
                        "condition=\"Ready\"",
                        "status=\"Unknown\""));
  }

  @Test
  void shouldExportTheConditionsOfAGate() {
    await()
        .atMost(SOON)
        .until(
            () ->
                scrape()
                    .has(
                        "acktask_gate_status_condition{",
                        "acktaskgate=\"closed\"",
                        "condition=\"Succeeded\"",
                        "status=\"False\""));
  }

  @Test
  void shouldServeTheMetricsOfThePageWhenScraped() throws Exception {
    Map<String, Set<String>> expected = documented();
    expected.keySet().removeAll(OPTIONAL);
    Map<String, Set<String>> served = new TreeMap<>(scrape().labels());
    served.keySet().removeAll(OPTIONAL);
    assertEquals(expected, served);
  }

  @Test
  void shouldExportNoMessageAndNoRequestId() throws Exception {
    assertFalse(scrape().has("It broke."));
    assertFalse(scrape().labels().values().stream().anyMatch(names -> names.contains("message")));
  }

  @Test
  void shouldBeHealthy() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String path : Set.of("/livez", "/readyz", "/startupz")) {
        HttpRequest request = HttpRequest.newBuilder(fixture.operator().page(path)).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), path);
      }
    }
  }

  private static Map<String, Set<String>> documented() throws IOException {
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String line : Files.readAllLines(DOCS_PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> names = new TreeSet<>();
        LABEL.matcher(row.group(2)).results().forEach(label -> names.add(label.group(1)));
        labels.put(row.group(1), names);
      }
    }
    return labels;
  }

  private static Object phase(String name) {
    return fixture.tasks().get(name).get("status", "phase");
  }

  private static Scrape scrape() throws IOException, InterruptedException {
    return Scrape.of(fixture.operator());
  }
}
