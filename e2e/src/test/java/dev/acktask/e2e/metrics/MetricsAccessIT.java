package dev.acktask.e2e.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.Rig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may read the metrics when they need a token, judged by a real API server. */
@OnControlPlane
class MetricsAccessIT {
  private static final String OPERATOR = ControlPlane.OURS + ":acktask-operator";
  private static final Duration SOON = Duration.ofSeconds(60);

  private static Rig rig;
  private static OperatorProcess operator;
  private static String allowed;
  private static String refused;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    rig = Rig.prepare(controlPlane, "access", Map.of("ACKTASK_METRICS_AUTHENTICATION", "true"));
    role("metrics-auth", "create", "tokenreviews.authentication.k8s.io");
    rig.kubectl(
            "create",
            "clusterrole",
            name("metrics-reader"),
            "--verb=get",
            "--non-resource-url=/metrics")
        .orThrow();
    allowed = account("prometheus");
    refused = account("visitor");
    bind("metrics-reader", rig.tasks().namespace() + ":prometheus");
    operator = rig.replica("operator").start();
  }

  @AfterAll
  static void close() {
    if (rig != null) {
      for (String role : new String[] {"metrics-auth", "metrics-reader"}) {
        rig.kubectl("delete", "clusterrole,clusterrolebinding", name(role));
      }
      rig.close();
    }
  }

  /** In one test, because the operator's own right comes in the middle. */
  @Test
  void shouldServeMetricsOnlyToThoseWhoMayGetThem() throws Exception {
    // Without the right to review tokens nothing is shown.
    assertEquals(503, status(allowed));
    bind("metrics-auth", OPERATOR);
    await().atMost(SOON).untilAsserted(() -> assertEquals(200, status(allowed)));
    assertEquals(403, status(refused));
    assertEquals(401, status("not-a-token"));
    assertEquals(401, status(""));
    assertEquals(200, health());
  }

  private static void role(String role, String verb, String resource) {
    rig.kubectl(
            "create",
            "clusterrole",
            name(role),
            "--verb=" + verb,
            "--resource=" + resource + ",subjectaccessreviews.authorization.k8s.io")
        .orThrow();
  }

  private static void bind(String role, String account) {
    rig.kubectl(
            "create",
            "clusterrolebinding",
            name(role),
            "--clusterrole=" + name(role),
            "--serviceaccount=" + account)
        .orThrow();
  }

  /** A new ServiceAccount's token, which must be in no log. */
  private static String account(String name) {
    rig.kubectl("create", "serviceaccount", name).orThrow();
    String token = rig.controlPlane().tokenFor(rig.tasks().namespace(), name);
    rig.recorder().plant(token);
    return token;
  }

  private static String name(String role) {
    return rig.tasks().namespace() + "-" + role;
  }

  private static int status(String token) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(operator.page("/metrics"));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(request);
  }

  private static int health() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(operator.page("/livez")));
  }

  private static int send(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
