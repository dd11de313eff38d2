package dev.acktask.operator.http;

import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that answers CONNECT with 2xx and then answers in place of the destination. */
final class TunnelAnswerTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket proxy;
  private volatile String field = "";

  @BeforeEach
  void start() throws IOException {
    proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var unused = threads.submit(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-length: 38",
        "Content-Length: 00",
        "content-length: 0\r\ncontent-length: 1",
        "transfer-encoding: chunked"
      })
  void shouldRefuseATunnelWhoseAnswerAnnouncesABody(String announced) {
    field = announced + "\r\n";

    ProxyFailure failure = assertThrows(ProxyFailure.class, this::get);

    assertEquals(ProxyFailure.Reason.NOT_A_PROXY, failure.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "content-length: 0\r\n", "via: 1.1 proxy\r\n"})
  void shouldUseATunnelWhoseAnswerHasNoBody(String announced) throws IOException {
    field = announced;

    assertEquals(200, get());
  }

  private int get() throws IOException {
    ProxyPolicy policy =
        assertValid(
            ProxyPolicy.parse(Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy.getLocalPort())));
    try (HttpTransport http =
        new HttpTransport(() -> (SSLSocketFactory) SSLSocketFactory.getDefault(), policy, 1_000)) {
      return http.send(
              new Get(new Origin("cloud.invalid", 80, false), "/", Map.of()),
              host -> List.of(),
              host -> List.of(InetAddress.getLoopbackAddress()),
              Duration.ofSeconds(60).toNanos(),
              Function.identity())
          .status();
    }
  }

  private Void serve() throws IOException {
    while (true) {
      try (Socket client = proxy.accept()) {
        readHead(client.getInputStream());
        send(client, "HTTP/1.1 200 Connection established\r\n" + field + "\r\n");
        if (readHead(client.getInputStream())) {
          send(client, ANSWER);
        }
      }
    }
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** False if the client closed the connection instead. */
  private static boolean readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    return true;
  }
}
