package dev.acktask.e2e.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Access to the metrics with tokens, checked by a real API server. */
@OnControlPlane
class MetricsAccessIT {
  private static final String OPERATOR = ControlPlane.OURS + ":acktask-operator";
  private static final Duration SOON = Duration.ofSeconds(60);

  private static OperatorFixture fixture;
  private static OperatorProcess operator;
  private static String allowed;
  private static String refused;

  @BeforeAll
  static void start(ControlPlane controlPlane) {
    fixture =
        OperatorFixture.prepare(
            controlPlane, "access", Map.of("ACKTASK_METRICS_AUTHENTICATION", "true"));
    role("metrics-auth", "create", "tokenreviews.authentication.k8s.io");
    fixture
        .kubectl(
            "create",
            "clusterrole",
            name("metrics-reader"),
            "--verb=get",
            "--non-resource-url=/metrics")
        .orThrow();
    allowed = account("prometheus");
    refused = account("other-account");
    bind("metrics-reader", fixture.tasks().namespace() + ":prometheus");
    operator = fixture.replica("operator").start();
  }

  @AfterAll
  static void close() {
    if (fixture != null) {
      for (String role : new String[] {"metrics-auth", "metrics-reader"}) {
        fixture.kubectl("delete", "clusterrole,clusterrolebinding", name(role));
      }
      fixture.close();
    }
  }

  /** In one test, because the operator gets its right in the middle. */
  @Test
  void shouldServeMetricsOnlyWhenTheClientHasTheRight() throws Exception {
    // when
    int withoutReviews = status(allowed);

    // then: the metrics are not served without the right to review tokens
    assertEquals(503, withoutReviews);

    // when
    bind("metrics-auth", OPERATOR);
    await().atMost(SOON).untilAsserted(() -> assertEquals(200, status(allowed)));

    // then
    assertEquals(403, status(refused));
    assertEquals(401, status("not-a-token"));
    assertEquals(401, status(""));
    assertEquals(200, health());
  }

  private static void role(String role, String verb, String resource) {
    fixture
        .kubectl(
            "create",
            "clusterrole",
            name(role),
            "--verb=" + verb,
            "--resource=" + resource + ",subjectaccessreviews.authorization.k8s.io")
        .orThrow();
  }

  private static void bind(String role, String account) {
    fixture
        .kubectl(
            "create",
            "clusterrolebinding",
            name(role),
            "--clusterrole=" + name(role),
            "--serviceaccount=" + account)
        .orThrow();
  }

  /** The token of a new ServiceAccount; it must be in no log. */
  private static String account(String name) {
    fixture.kubectl("create", "serviceaccount", name).orThrow();
    String token = fixture.controlPlane().tokenFor(fixture.tasks().namespace(), name);
    fixture.recorder().plant(token);
    return token;
  }

  private static String name(String role) {
    return fixture.tasks().namespace() + "-" + role;
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
