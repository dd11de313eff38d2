package dev.acktask.e2e.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.e2e.cluster.ProcessReaper;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.OperatorProcess;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Prometheus with the shipped rules; scrapes the operator and evaluates the rules every second. */
final class PrometheusServer implements AutoCloseable {
  static final String PROGRAM = "prometheus";

  private static final Path RULES =
      Settings.repository().resolve("helm/acktask-operator/files/rules/acktask.rules.yaml");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final MonitoringServer server;

  private PrometheusServer(MonitoringServer server) {
    this.server = server;
  }

  static PrometheusServer start(
      ProcessReaper reaper, Alertmanager alertmanager, OperatorProcess... replicas)
      throws IOException {
    Path folder = MonitoringServer.folder(PROGRAM);
    Path file = folder.resolve("prometheus.yaml");
    Files.writeString(file, configuration(alertmanager, replicas));
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
    URI page =
        server
            .address()
            .resolve("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    String body = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    JsonNode answer = JSON.readTree(body);
    if (!"success".equals(answer.path("status").asText())) {
      throw new IllegalStateException(query + ": " + body);
    }
    return answer.at("/data/result").size();
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }

  private static String configuration(Alertmanager alertmanager, OperatorProcess... replicas) {
    String targets =
        Arrays.stream(replicas)
            .map(replica -> '"' + instance(replica) + '"')
            .collect(Collectors.joining(", "));
    return """
      global:
        scrape_interval: 1s
        evaluation_interval: 1s
      rule_files: [rules.yaml]
      alerting:
        alertmanagers:
          - static_configs:
              - targets: ["%s"]
      scrape_configs:
        - job_name: acktask-operator
          honor_labels: true
          static_configs:
            - targets: [%s]
      """
        .formatted(alertmanager.address().getAuthority(), targets);
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
