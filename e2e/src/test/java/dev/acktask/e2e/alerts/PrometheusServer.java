package dev.acktask.e2e.alerts;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.e2e.cluster.ProcessReaper;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.OperatorProcess;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Prometheus with the shipped rules; scrapes the operator and evaluates the rules every second. */
final class PrometheusServer implements AutoCloseable {
  static final String PROGRAM = "prometheus";

  private static final Path RULES =
      Settings.repository().resolve("helm/acktask-operator/files/rules/acktask.rules.yaml");

  private static final String GLOBAL =
      """
      global:
        scrape_interval: 1s
        evaluation_interval: 1s
      rule_files: [rules.yaml]
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final MonitoringServer server;

  private PrometheusServer(MonitoringServer server) {
    this.server = server;
  }

  /**
   * One series.
   *
   * @param value the last one
   */
  record Sample(Map<String, String> labels, double value) {
    String label(String name) {
      return labels.getOrDefault(name, "");
    }
  }

  static PrometheusServer start(
      ProcessReaper reaper, Alertmanager alertmanager, OperatorProcess... replicas)
      throws IOException {
    return start(
        reaper,
        alerting(alertmanager),
        Arrays.stream(replicas).map(replica -> job(replica, instance(replica))).toList());
  }

  /**
   * Without Alertmanager, and with each series twice: as just after a failover, when the series of
   * the former leader are not yet stale.
   */
  static PrometheusServer startAfterFailover(ProcessReaper reaper, OperatorProcess operator)
      throws IOException {
    return start(reaper, "", List.of(job(operator, "former"), job(operator, "leader")));
  }

  private static PrometheusServer start(ProcessReaper reaper, String alerting, List<String> jobs)
      throws IOException {
    Path folder = MonitoringServer.folder(PROGRAM);
    Path file = folder.resolve("prometheus.yaml");
    Files.writeString(file, GLOBAL + alerting + "scrape_configs:\n" + String.join("", jobs));
    Files.writeString(folder.resolve("rules.yaml"), impatientRules());
    return new PrometheusServer(
        MonitoringServer.start(
            PROGRAM,
            folder,
            reaper,
            "Server is ready",
            "--config.file=" + file,
            "--storage.tsdb.path=" + folder.resolve("data")));
  }

  /** The label instance of the series of {@code replica}. */
  static String instance(OperatorProcess replica) {
    return replica.page("/metrics").getAuthority();
  }

  /** Number of series that {@code query} returns now. */
  int count(String query) throws IOException, InterruptedException {
    return query(query).size();
  }

  /** What {@code query} returns now. */
  List<Sample> query(String query) throws IOException, InterruptedException {
    return samples("/api/v1/query?query=" + encoded(query), query);
  }

  /** The last values of the series that {@code query} returned in the time before now. */
  List<Sample> range(String query, Duration before) throws IOException, InterruptedException {
    Instant now = Instant.now();
    String times = "&step=5&start=%s&end=%s".formatted(now.minus(before), now);
    return samples("/api/v1/query_range?query=" + encoded(query) + times, query);
  }

  private List<Sample> samples(String page, String query) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.address().resolve(page)).build();
    String body = http.send(request, BodyHandlers.ofString()).body();
    JsonNode answer = JSON.readTree(body);
    if (!"success".equals(answer.path("status").asText())) {
      throw new IllegalStateException(query + ": " + body);
    }
    List<Sample> samples = new ArrayList<>();
    for (JsonNode series : answer.at("/data/result")) {
      Map<String, String> labels =
          JSON.convertValue(series.get("metric"), new TypeReference<Map<String, String>>() {});
      JsonNode values = series.path("values");
      JsonNode last = values.isEmpty() ? series.get("value") : values.get(values.size() - 1);
      samples.add(new Sample(labels, Double.parseDouble(last.get(1).asText())));
    }
    return samples;
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }

  private static String alerting(Alertmanager alertmanager) {
    return """
    alerting:
      alertmanagers:
        - static_configs:
            - targets: ["%s"]
    """
        .formatted(alertmanager.address().getAuthority());
  }

  private static String job(OperatorProcess replica, String instance) {
    return """
    - job_name: %s
      honor_labels: true
      static_configs:
        - targets: ["%s"]
          labels: {instance: "%s", job: acktask-operator, pod: "acktask-operator-%s"}
    """
        .formatted(instance, instance(replica), instance, instance);
  }

  /** The shipped rules, with alerts for failures after two seconds instead of a minute. */
  private static String impatientRules() throws IOException {
    ObjectNode rules = Serialization.unmarshal(Files.readString(RULES), ObjectNode.class);
    for (JsonNode group : rules.get("groups")) {
      for (JsonNode rule : group.get("rules")) {
        if (rule.get("alert").asText().equals("AckTaskFailed")) {
          ((ObjectNode) rule).put("for", "2s");
        }
      }
    }
    return Serialization.asYaml(rules);
  }
}
