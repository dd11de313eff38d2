package dev.acktask.operator.network;

import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that answers CONNECT with 2xx and then answers in place of the destination. */
final class ProxyTunnelTest {
  private static final String ANSWER = "destination";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private ServerSocket proxy;
  private volatile @Nullable String announced = "";

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
  void shouldRefuseATunnelWhoseAnswerAnnouncesABody(String fields) {
    announced = fields + "\r\n";

    ProxyFailure failure = assertThrows(ProxyFailure.class, this::get);

    assertEquals(ProxyFailure.Reason.NOT_A_PROXY, failure.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "content-length: 0\r\n", "via: 1.1 proxy\r\n"})
  void shouldUseATunnelWhoseAnswerHasNoBody(String fields) throws IOException {
    announced = fields;

    assertEquals(ANSWER, get());
  }

  @Test
  void shouldEndWithTheCallWhenTheProxyAnswersNothing() {
    announced = null;

    assertThrows(InterruptedIOException.class, () -> get(Duration.ofMillis(300)));
  }

  private String get() throws IOException {
    return get(Duration.ofSeconds(60));
  }

  /** The first bytes of the destination through the tunnel. */
  private String get(Duration time) throws IOException {
    ProxyPolicy policy =
        assertValid(
            ProxyPolicy.parse(Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy.getLocalPort())));
    try (SocketChannel channel =
        new Dialer(policy)
            .dial(
                new Origin("cloud.invalid", 80, false),
                host -> List.of(),
                host -> List.of(InetAddress.getLoopbackAddress()),
                new Call(time.toNanos()))) {
      channel.write(StandardCharsets.US_ASCII.encode("hello\r\n\r\n"));
      return new String(
          channel.socket().getInputStream().readNBytes(ANSWER.length()), StandardCharsets.US_ASCII);
    }
  }

  private Void serve() throws IOException {
    while (true) {
      try (Socket client = proxy.accept()) {
        readHead(client.getInputStream());
        if (announced != null) {
          send(client, "HTTP/1.1 200 Connection established\r\n" + announced + "\r\n");
        }
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
