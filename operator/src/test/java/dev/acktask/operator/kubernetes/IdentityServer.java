package dev.acktask.operator.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every request of the clients of this process with one response, and records it. */
final class IdentityServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> settings;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int code = 200;
  private volatile String type = "application/json";
  private volatile String body = "{}";

  IdentityServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    settings =
        Map.of(
            Config.KUBERNETES_MASTER_SYSTEM_PROPERTY,
            "http://127.0.0.1:" + server.getAddress().getPort(),
            Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY,
            "false",
            Config.KUBERNETES_AUTH_TRYSERVICEACCOUNT_SYSTEM_PROPERTY,
            "false");
    settings.forEach(System::setProperty);
  }

  void answer(int status, String mediaType, String text) {
    code = status;
    type = mediaType;
    body = text;
  }

  void answerJson(int status, String json) {
    answer(status, "application/json", json);
  }

  /** As the API server refuses a request for one object. */
  void refuse(int status, String reason) {
    answerJson(
        status,
        """
        {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
         "message": "CANARY", "reason": "%s", "code": %d}
        """
            .formatted(reason, status));
  }

  /** Method, path and body of each request. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(
          (exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent).strip());
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Ends the answers; the address stays. */
  void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    settings.keySet().forEach(System::clearProperty);
    stop();
  }
}
