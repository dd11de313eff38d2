package dev.acktask.operator.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.BusyCarriers;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.ProbeState;
import dev.acktask.operator.management.ManagementServer.Port;
import dev.acktask.operator.management.ManagementServer.PortTakenException;
import dev.acktask.operator.metrics.MicrometerOperatorMetrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ManagementServerTest {
  private static final String HEALTH = "ACKTASK_HEALTH_PORT";
  private static final String METRICS = "ACKTASK_MANAGEMENT_PORT";

  private final HttpClient http = HttpClient.newHttpClient();
  private final MicrometerOperatorMetrics meters = new MicrometerOperatorMetrics("1.2.3");
  private final ProbeState state = new ProbeState();
  private final ManagementServer server;
  private Health liveness = new Health.Alive();

  ManagementServerTest() throws IOException {
    server =
        new ManagementServer(
            new Port(HEALTH, 0, ConnectionLimits.HEALTH, ProbeHandlers.of(state), true),
            new Port(
                METRICS,
                0,
                ConnectionLimits.METRICS,
                new MetricsHandler(meters::scrape, MetricsAccess.OPEN).byPath(),
                false));
  }

  @AfterEach
  void close() {
    server.close();
    http.close();
  }

  @Test
  void shouldBeReadyOnlyOnceItWorksOrStandsBy() throws Exception {
    assertEquals(503, get("/readyz").statusCode());
    assertEquals(503, get("/startupz").statusCode());
    assertEquals(200, get("/livez").statusCode());
    state.markStandby();
    assertEquals(200, get("/readyz").statusCode());
    assertEquals(200, get("/startupz").statusCode());
  }

  @Test
  @Tag("F71")
  void shouldBeReadyAndNameTheNamespacesThatItDoesNotWatch() throws Exception {
    // given
    state.setDetails(() -> List.of("namespace team-b is not watched: forbidden"));
    assertEquals(503, get("/readyz").statusCode());
    meters.reportLeadership(() -> true);

    // when
    state.markActive(() -> liveness);

    // then
    HttpResponse<byte[]> answer = get("/readyz");
    assertEquals(200, answer.statusCode());
    assertEquals("ok\nnamespace team-b is not watched: forbidden\n", text(answer));
  }

  @Test
  void shouldFailLivenessWithTheReasonOfTheWatchdog() throws Exception {
    // given
    meters.reportLeadership(() -> true);
    state.markActive(() -> liveness);
    assertEquals(200, get("/livez").statusCode());

    // when
    liveness = new Health.Dead("the watch is dead");

    // then
    HttpResponse<byte[]> answer = get("/livez");
    assertEquals(503, answer.statusCode());
    assertEquals("the watch is dead\n", text(answer));
  }

  @Test
  void shouldAnswerProbesWhileVirtualThreadsUseEveryProcessor() throws Exception {
    meters.reportLeadership(() -> true);
    state.markActive(() -> liveness);
    HttpRequest probe = request("/livez").timeout(Duration.ofSeconds(60)).build();
    BusyCarriers busy = new BusyCarriers();
    try {
      int status = http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode();

      assertEquals(200, status);
    } finally {
      busy.close();
    }
  }

  @Test
  void shouldServeMetricsAsText() throws Exception {
    meters.reportLeadership(() -> true);
    state.markActive(() -> liveness);
    HttpResponse<byte[]> answer = get("/metrics");
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(text(answer).contains("acktask_operator_leader 1"), text(answer));
    assertTrue(text(answer).contains("acktask_operator_build_info{version=\"1.2.3\"} 1"));
  }

  @Test
  void shouldServeOpenMetricsWhenRequested() throws Exception {
    HttpResponse<byte[]> answer =
        send(request("/metrics").header("Accept", "application/openmetrics-text;version=1.0.0"));
    assertTrue(
        answer.headers().firstValue("Content-Type").orElseThrow().startsWith("application/open"));
    assertTrue(text(answer).endsWith("# EOF\n"), text(answer));
  }

  @Test
  void shouldCompressWhenTheClientAcceptsGzip() throws Exception {
    HttpResponse<byte[]> answer = send(request("/metrics").header("Accept-Encoding", "gzip"));
    assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElseThrow());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertTrue(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("acktask_operator"));
    }
  }

  @Test
  void shouldFailTheWholeScrapeWhenACollectorFails() throws Exception {
    meters.add(
        () -> {
          throw new IllegalStateException("the cache is gone");
        });
    assertEquals(500, get("/metrics").statusCode());
  }

  @Test
  void shouldRejectMethodsThatWrite() throws Exception {
    HttpResponse<byte[]> answer =
        send(request("/metrics").POST(HttpRequest.BodyPublishers.ofString("x")));
    assertEquals(405, answer.statusCode());
    assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElseThrow());
  }

  @Test
  void shouldListThePagesForAnUnknownPath() throws Exception {
    HttpResponse<byte[]> answer = get("/livez/../secrets");
    assertEquals(404, answer.statusCode());
    assertEquals("There is: /livez /readyz /startupz\n", text(answer));
    answer = send(metrics("/livez"));
    assertEquals(404, answer.statusCode());
    assertEquals("There is: /metrics\n", text(answer));
  }

  @Test
  void shouldSendTheContentLengthAndNoBodyToHead() throws Exception {
    HttpResponse<byte[]> answer = get("/metrics");
    assertEquals(
        String.valueOf(answer.body().length),
        answer.headers().firstValue("Content-Length").orElseThrow());
    answer = send(metrics("/metrics").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, answer.statusCode());
    assertEquals(0, answer.body().length);
  }

  @Test
  void shouldNotStartWhenThePortIsTaken() {
    Port taken = new Port(METRICS, server.port(METRICS), ConnectionLimits.METRICS, Map.of(), false);
    PortTakenException refused =
        assertThrows(PortTakenException.class, () -> new ManagementServer(taken).close());
    assertTrue(refused.getMessage().startsWith(METRICS + " " + taken.number()), refused::toString);
  }

  @Test
  void shouldCountTheOutcomesOfRefreshes() throws Exception {
    meters.eventEmitted("VerdictContradicted");
    meters.eventEmitted("RefreshFailed");
    meters.eventEmitted("TaskFailed");
    String text = text(get("/metrics"));
    assertTrue(text.contains("acktask_operator_verdict_contradictions_total 1.0"), text);
    assertTrue(text.contains("acktask_operator_refresh_failures_total 1.0"), text);
  }

  private HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return path.equals("/metrics") ? metrics(path) : request(HEALTH, path);
  }

  private HttpRequest.Builder metrics(String path) {
    return request(METRICS, path);
  }

  private HttpRequest.Builder request(String port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port(port) + path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
