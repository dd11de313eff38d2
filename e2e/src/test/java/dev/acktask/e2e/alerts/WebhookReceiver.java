package dev.acktask.e2e.alerts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Receives and keeps all notifications of Alertmanager. */
final class WebhookReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();

  /** One alert at one time. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Alert(String status, Map<String, String> labels, Map<String, String> annotations) {}

  /** The relevant part of a request body. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Notification(List<Alert> alerts) {}

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Everything received, oldest first. */
  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  /** The different alerts among all that was received; an alert is its labels. */
  Set<Map<String, String>> labels() {
    return alerts.stream().map(Alert::labels).collect(Collectors.toSet());
  }

  /** True when the last notification reports an alert as {@code status}. */
  boolean heardLast(String status) {
    List<Alert> all = alerts();
    return !all.isEmpty() && all.get(all.size() - 1).status().equals(status);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      alerts.addAll(JSON.readValue(exchange.getRequestBody(), Notification.class).alerts());
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
