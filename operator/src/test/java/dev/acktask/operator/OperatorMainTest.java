package dev.acktask.operator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.acktask.operator.proxy.ConnectProxy;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator as a process: what it says, and how it ends. */
final class OperatorMainTest {
  private static final String CANARY = "Canary7secret";

  @TempDir Path home;

  @Test
  @Tag("F91")
  void shouldReportAllProblemsAtOnceAndExit1() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("ACKTASK_DEFAULT_POLL_INTERVAL", "15");
    environment.put("ACKTASK_ENDPOINT_PUBLIC", "https://cs.{regoin}.example");
    environment.put("ACKTASK_COLOUR", "green");
    Run run = run(environment);
    assertEquals(1, run.exitCode, run.output);
    List<String> problems = run.lines("Configuration: ");
    assertEquals(5, problems.size(), run.output);
    assertContains(run, "credentials");
    assertContains(run, "ACKTASK_DEFAULT_REGION is not set");
    assertContains(run, "ACKTASK_DEFAULT_POLL_INTERVAL is \"15\"");
    assertContains(run, "{regoin}");
    assertContains(run, "ACKTASK_COLOUR is not a setting");
  }

  @Test
  void shouldRefuseHalfACredential() throws Exception {
    Map<String, String> environment = valid();
    environment.remove("ALIBABA_CLOUD_ACCESS_KEY_ID");
    Run run = run(environment);
    assertEquals(1, run.exitCode, run.output);
    assertEquals(1, run.lines("Configuration: ").size(), run.output);
    assertContains(run, "ALIBABA_CLOUD_ACCESS_KEY_ID");
    assertFalse(run.output.contains(CANARY), run.output);
  }

  @Test
  void shouldReportTracesThatCannotBeSentWithTheOtherProblems() throws Exception {
    Map<String, String> environment = valid();
    environment.put("ACKTASK_STAGE_TIME_ZONE", "China");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    Run run = run(environment);
    assertEquals(1, run.exitCode, run.output);
    assertEquals(2, run.lines("Configuration: ").size(), run.output);
    assertContains(run, "ACKTASK_STAGE_TIME_ZONE is \"China\"");
    assertContains(run, "OTEL_EXPORTER_OTLP_PROTOCOL is not http/protobuf");
  }

  @Test
  @Tag("F100")
  void shouldRefuseAnEndpointThatIsNoPlainHost() throws Exception {
    for (String endpoint :
        List.of(
            "https://cs.{region}.example/path",
            "https://user@cs.{region}.example",
            "https://cs.{region}.example?x=1",
            "https://cs。{region}.example",
            "https://")) {
      Map<String, String> environment = valid();
      environment.put("ACKTASK_ENDPOINT_PUBLIC", endpoint);
      Run run = run(environment);
      assertEquals(1, run.exitCode, () -> endpoint + ": " + run.output);
      assertEquals(1, run.lines("Configuration: ").size(), () -> endpoint + ": " + run.output);
    }
  }

  @Test
  void shouldSayThatTheApiServerDoesNotAnswer() throws Exception {
    Run run = run(withApiServerAt(1));
    assertEquals(1, run.exitCode, run.output);
    assertEquals(1, run.lines("The operator could not start: ").size(), run.output);
    assertFalse(run.output.contains("\tat "), run.output);
    assertFalse(run.output.contains(CANARY), run.output);
  }

  @Test
  void shouldSayWhatToCheckWhenSomethingElseAnswersInPlaceOfTheApiServer() throws Exception {
    HttpServer portal = answering(request -> false);
    try {
      Run run = run(withApiServerAt(portal.getAddress().getPort()));
      assertEquals(1, run.exitCode, run.output);
      assertContains(
          run,
          "The operator could not start: something else answers in place of the API server (HTTP"
              + " 200, text/html); check the server address of the kube context");
    } finally {
      portal.stop(0);
    }
  }

  @Test
  @Tag("F52")
  void shouldNameTheProxyThatAsksForCredentials() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy().asking("Basic none")) {
      Map<String, String> environment = withApiServer("https://api.test:6443");
      environment.put("HTTPS_PROXY", "http://someone:CANARY@127.0.0.1:" + proxy.port());
      Run run = run(environment);
      assertEquals(1, run.exitCode, run.output);
      assertContains(
          run,
          "The operator could not start: the API server was not reached. The proxy"
              + " http://***@127.0.0.1:"
              + proxy.port()
              + " asks for credentials that it was not given (HTTP 407). Write user and password"
              + " into HTTPS_PROXY");
      assertFalse(run.output.contains("CANARY"), run.output);
    }
  }

  @Test
  void shouldSayOnceWhatToCheckWhenOnlyTheWatchIsAnsweredBySomethingElse() throws Exception {
    HttpServer gateway = answering(request -> !request.contains("watch=true"));
    Path output = home.resolve("gateway.log");
    Process process =
        start(
            withApiServerAt(gateway.getAddress().getPort()),
            System.getProperty("java.class.path"),
            output);
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(output).contains("No contact with the Kubernetes API: "));
      Run run = new Run(0, Files.readString(output));
      assertContains(
          run, "something else answers in place of the API server (HTTP 200, text/html)");
      assertEquals(1, run.lines("No contact with the Kubernetes API: ").size(), run.output);
    } finally {
      process.destroyForcibly();
      gateway.stop(0);
    }
  }

  /** Answers like an API server without objects where it may, and like a captive portal else. */
  private static HttpServer answering(Predicate<String> likeTheApiServer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean isApi = likeTheApiServer.test(exchange.getRequestURI().toString());
          String list =
              """
              {"apiVersion": "acktask.dev/v1alpha1", "kind": "AckTaskList",
               "metadata": {"resourceVersion": "1"}, "items": []}
              """;
          byte[] body = (isApi ? list : "<html>Sign in</html>").getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .add("Content-Type", isApi ? "application/json" : "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private Map<String, String> withApiServerAt(int port) throws IOException {
    return withApiServer("http://127.0.0.1:" + port);
  }

  private Map<String, String> withApiServer(String url) throws IOException {
    Path kubeconfig = home.resolve("kubeconfig");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {token: x}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(url));
    Map<String, String> environment = valid();
    environment.put("KUBECONFIG", kubeconfig.toString());
    return environment;
  }

  @Test
  void shouldSayWhatToDoWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Map<String, String> environment = valid();
      environment.put("ACKTASK_MANAGEMENT_PORT", String.valueOf(taken.getLocalPort()));
      Run run = run(environment);
      assertEquals(1, run.exitCode, run.output);
      assertContains(run, "ACKTASK_MANAGEMENT_PORT " + taken.getLocalPort());
      assertContains(run, "choose another one");
    }
  }

  @Test
  void shouldWriteEachLineAsJsonWhenAskedTo() throws Exception {
    Map<String, String> environment = valid();
    environment.put("ACKTASK_LOG_FORMAT", "json");
    environment.put("ACKTASK_CALL_TIMEOUT", "soon");
    Run run = run(environment);
    ObjectMapper json = new ObjectMapper();
    for (String line : run.output.lines().toList()) {
      JsonNode event = json.readTree(line);
      Instant.parse(event.path("time").asText());
      assertTrue(event.has("level") && event.has("message"), line);
    }
    assertContains(run, "\"source\":");
    assertContains(run, "ACKTASK_CALL_TIMEOUT");
  }

  @Test
  void shouldSayInTextThatItDoesNotKnowTheFormat() throws Exception {
    Map<String, String> environment = valid();
    environment.put("ACKTASK_LOG_FORMAT", "xml");
    Run run = run(environment);
    assertEquals(1, run.exitCode, run.output);
    assertContains(run, "ACKTASK_LOG_FORMAT");
  }

  /** A class that cannot be loaded is the easiest Error to bring about from outside. */
  @Test
  @Tag("F86")
  void shouldEndWhenTheMainThreadEndsWithAnError() throws Exception {
    Map<String, String> environment = valid();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    String incomplete =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains(File.separator + "opentelemetry-"))
            .collect(Collectors.joining(File.pathSeparator));
    Run run = run(environment, incomplete);
    assertEquals(1, run.exitCode, run.output);
    assertContains(run, "Metrics and health are served");
    assertContains(run, "The operator could not start: java.lang.NoClassDefFoundError");
  }

  private static Map<String, String> valid() {
    Map<String, String> environment = new HashMap<>();
    environment.put("ACKTASK_DEFAULT_REGION", "cn-hangzhou");
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    environment.put("ACKTASK_HEALTH_PORT", "0");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", CANARY);
    return environment;
  }

  private static void assertContains(Run run, String part) {
    assertTrue(run.output.contains(part), () -> part + " is missing in " + run.output);
  }

  /** How a process ended. */
  private record Run(int exitCode, String output) {
    List<String> lines(String mark) {
      return output.lines().filter(line -> line.contains(mark)).toList();
    }
  }

  private Run run(Map<String, String> environment) throws IOException, InterruptedException {
    return run(environment, System.getProperty("java.class.path"));
  }

  private Run run(Map<String, String> environment, String classPath)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "operator", ".log");
    Process process = start(environment, classPath, output);
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(Map<String, String> environment, String classPath, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + home,
                "-cp",
                classPath,
                OperatorMain.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }
}
