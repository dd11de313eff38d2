package dev.acktask.e2e.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.acktask.e2e.cluster.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An admission webhook that allows everything, but does not answer until released. */
final class SlowWebhook implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CertificateAuthority authority;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch hurry = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();

  SlowWebhook(CertificateAuthority authority) {
    this.authority = authority;
    try {
      this.server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(
        new HttpsConfigurator(authority.issueServer("slow-webhook").serving()));
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The certificate authority in the encoding of a webhook configuration. */
  String caBundle() {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(authority.certificate()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int calls() {
    return calls.get();
  }

  /** Answers at once from now on. */
  void hurry() {
    hurry.countDown();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.incrementAndGet();
      String uid =
          JSON.readTree(exchange.getRequestBody().readAllBytes()).at("/request/uid").asText();
      hurry.await();
      byte[] allowed =
          """
          {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
           "response": {"uid": "%s", "allowed": true}}\
          """
              .formatted(uid)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, allowed.length);
      exchange.getResponseBody().write(allowed);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
