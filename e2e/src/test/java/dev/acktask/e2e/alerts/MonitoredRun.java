package dev.acktask.e2e.alerts;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.connections.ConnectionYaml;
import dev.acktask.e2e.discovery.Discoveries;
import dev.acktask.e2e.discovery.ListedScripts;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.Step;
import dev.acktask.simulator.script.TaskScript;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An operator with something for each panel of the dashboard, and a Prometheus that scrapes it:
 * tasks in every phase, gates, a discovery, a connection that works and one that does not.
 */
final class MonitoredRun implements AutoCloseable {
  /** The connection of the tasks. */
  static final String CONNECTION = "cn-beijing";

  static final String ACK_CLUSTER = "c82e6987e2961451182edacd74faf1234";

  private final Discoveries discoveries;
  private final PrometheusServer prometheus;

  private MonitoredRun(Discoveries discoveries, PrometheusServer prometheus) {
    this.discoveries = discoveries;
    this.prometheus = prometheus;
  }

  static MonitoredRun start(ControlPlane controlPlane) throws IOException {
    Discoveries discoveries = Discoveries.start(controlPlane, "dashboard");
    try {
      MonitoredRun run =
          new MonitoredRun(
              discoveries,
              PrometheusServer.startAfterFailover(
                  controlPlane.reaper(), discoveries.fixture().operator()));
      run.createTasks();
      run.createBrokenConnection();
      run.discover();
      run.createGates();
      return run;
    } catch (IOException | RuntimeException e) {
      discoveries.close();
      throw e;
    }
  }

  PrometheusServer prometheus() {
    return prometheus;
  }

  String namespace() {
    return discoveries.tasks().namespace();
  }

  @Override
  public void close() {
    try {
      discoveries.close();
    } finally {
      prometheus.close();
    }
  }

  /** Five have succeeded, because an expected end needs as many. */
  private void createTasks() {
    for (int i = 1; i <= 5; i++) {
      create("succeeded-" + i, CONNECTION, Answers.success("T-succeeded-" + i));
    }
    create("failed", CONNECTION, Answers.failed("T-failed", "Broken", "It broke."));
    create("paused", CONNECTION, Answers.state("T-paused", "paused"));
    create("running", CONNECTION, Answers.running("T-running"));
    discoveries.tasks().patchSpec("running", Map.of("deadline", "1s"));
    discoveries.region(CONNECTION).play(upgradingNodes(), Instant.now());
    discoveries.tasks().create("staged", spec("T-staged", CONNECTION));
    create("unanswered", CONNECTION, Response.error(503, "ServiceUnavailable", "Try again."));
  }

  private void create(String name, String connection, Response answer) {
    String id = "T-" + name;
    discoveries.region(CONNECTION).answers(id, answer);
    discoveries.tasks().create(name, spec(id, connection));
  }

  private static Map<String, ?> spec(String taskId, String connection) {
    return Map.of(
        "taskId", taskId, "connectionRef", Map.of("kind", "AckConnection", "name", connection));
  }

  /** A task with a current stage. */
  private static TaskScript upgradingNodes() {
    return TaskScript.builder("T-staged", ACK_CLUSTER)
        .taskType("cluster_upgrade")
        .timeline(
            List.of(
                Step.builder(Duration.ZERO).state("running").currentStage("upgrade-nodes").build()))
        .build();
  }

  private void discover() {
    String clusterId =
        ListedScripts.playFive(discoveries.region("cn-hangzhou"), 1).get(0).clusterId();
    apply(
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTaskDiscovery
        metadata: {namespace: %s, name: report}
        spec:
          connectionRefs: [{kind: AckConnection, name: cn-hangzhou}]
          clusters: {ids: [%s]}
          mode: ReportOnly
        """
            .formatted(namespace(), clusterId));
  }

  private void createGates() {
    for (Map.Entry<String, String> gate :
        Map.of("open", "succeeded-1", "waiting", "running", "closed", "failed").entrySet()) {
      apply(
          """
          apiVersion: acktask.dev/v1alpha1
          kind: AckTaskGate
          metadata: {namespace: %s, name: %s}
          spec: {mode: AllSucceeded, deadline: 1s, taskRefs: [{name: %s}]}
          """
              .formatted(namespace(), gate.getKey(), gate.getValue()));
    }
  }

  private void apply(String yaml) {
    discoveries
        .fixture()
        .controlPlane()
        .admin()
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .create();
  }

  private void createBrokenConnection() {
    apply(
        ConnectionYaml.namespaced(namespace(), "broken", CONNECTION).withSecret("none").toString());
    create("without-key", "broken", Response.of(500));
  }
}
