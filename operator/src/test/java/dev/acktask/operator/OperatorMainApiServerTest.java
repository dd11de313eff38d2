package dev.acktask.operator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpServer;
import dev.acktask.operator.proxy.ConnectProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The start of the operator when the API server, or the path to it, fails. */
final class OperatorMainApiServerTest extends OperatorProcessTestCase {
  @Test
  void shouldReportThatTheApiServerDoesNotAnswer() throws Exception {
    Run run = run(withApiServerAt(1));
    assertEquals(1, run.exitCode(), run.output());
    assertEquals(1, run.lines("The operator could not start: ").size(), run.output());
    assertFalse(run.output().contains("\tat "), run.output());
    assertFalse(run.output().contains(CANARY), run.output());
  }

  @Test
  void shouldNameWhatToCheckWhenSomethingElseAnswers() throws Exception {
    HttpServer portal = answering(request -> false);
    try {
      Run run = run(withApiServerAt(portal.getAddress().getPort()));
      assertEquals(1, run.exitCode(), run.output());
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
      assertEquals(1, run.exitCode(), run.output());
      assertContains(
          run,
          "The operator could not start: the API server was not reached. The proxy"
              + " http://***@127.0.0.1:"
              + proxy.port()
              + " asks for credentials that it was not given (HTTP 407). Write user and password"
              + " into HTTPS_PROXY");
      assertFalse(run.output().contains("CANARY"), run.output());
    }
  }

  @Test
  void shouldNameOnceWhatToCheckWhenSomethingElseAnswersOnlyTheWatch() throws Exception {
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
      assertEquals(1, run.lines("No contact with the Kubernetes API: ").size(), run.output());
    } finally {
      process.destroyForcibly();
      gateway.stop(0);
    }
  }

  /** Answers matching URIs like an API server without objects, others like a captive portal. */
  private static HttpServer answering(Predicate<String> answersAsApiServer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean isApi = answersAsApiServer.test(exchange.getRequestURI().toString());
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
}
