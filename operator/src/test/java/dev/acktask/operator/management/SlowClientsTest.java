package dev.acktask.operator.management;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.management.ManagementServer.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slow clients hold connections of the management ports; other clients are still served. */
final class SlowClientsTest {
  private static final String HEALTH = "health";
  private static final String METRICS = "metrics";

  /** Probe timeout of a kubelet, far above the duration of a response. */
  private static final int PROBE_TIMEOUT_MILLIS = 5_000;

  private static final Duration HEAD = Duration.ofMillis(700);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final byte[] large = new byte[32 * 1024 * 1024];
  private final List<Socket> held = new ArrayList<>();
  private final ManagementServer server;

  SlowClientsTest() throws IOException {
    HttpHandler ok = request -> HandlerResponse.line(200, "ok");
    HttpHandler endless =
        request -> new HandlerResponse(200, "text/plain", large, false, large.length, () -> {});
    server =
        new ManagementServer(
            new Port(
                HEALTH, 0, new ConnectionLimits(32, 32, HEAD, HEAD), Map.of("/livez", ok), true),
            new Port(
                METRICS,
                0,
                new ConnectionLimits(32, 4, HEAD, HEAD),
                Map.of("/metrics", ok, "/large", endless),
                false));
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : held) {
      socket.close();
    }
    server.close();
  }

  @Test
  void shouldAnswerProbesWhileAndAfterOthersHoldAllConnections() throws IOException {
    for (int round = 0; round < 4; round++) {
      hold(HEALTH, 80, "GET /livez HTTP/1.1\r\nHost: x\r\nX: ");
      hold(METRICS, 80, "GET /livez HTTP/1.1\r\nHost: x\r\nX: ");
      assertAnswers(HEALTH, "/livez");
      assertAnswers(METRICS, "/metrics");
    }
    assertTrue(server.openConnections(HEALTH) <= 32);
    await().atMost(TIMEOUT).until(() -> server.openConnections(HEALTH) == 0);
    assertAnswers(HEALTH, "/livez");
    assertAnswers(METRICS, "/metrics");
  }

  @Test
  void shouldAnswerProbesWhileOthersConnectAndSendNothing() throws IOException {
    hold(HEALTH, 200, "");
    assertAnswers(HEALTH, "/livez");
    await().atMost(TIMEOUT).until(() -> server.openConnections(HEALTH) == 0);
  }

  /** A byte every 50 ms does not extend a deadline. */
  @Test
  void shouldCloseAConnectionWhoseRequestComesByteByByte() throws IOException {
    Socket slow = hold(HEALTH, 1, "GET /livez HTTP/1.1\r\nHost: x\r\nX: ");
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              try {
                slow.getOutputStream().write('x');
                return false;
              } catch (IOException closed) {
                return true;
              }
            });
    assertAnswers(HEALTH, "/livez");
  }

  @Test
  void shouldGiveUpAResponseThatIsNotRead() throws IOException {
    hold(METRICS, 3, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    await().atMost(TIMEOUT).until(() -> server.openConnections(METRICS) > 0);
    assertAnswers(HEALTH, "/livez");
    assertAnswers(METRICS, "/metrics");
    await().atMost(TIMEOUT).until(() -> server.openConnections(METRICS) == 0);
  }

  @Test
  void shouldTruncateALateResponseBelowItsContentLength() throws IOException {
    // when
    Socket slow = hold(METRICS, 1, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
    await().atMost(TIMEOUT).until(() -> server.openConnections(METRICS) == 1);
    await().atMost(TIMEOUT).until(() -> server.openConnections(METRICS) == 0);

    // then
    byte[] head = slow.getInputStream().readNBytes(512);
    String text = new String(head, StandardCharsets.US_ASCII);
    assertTrue(text.contains("Content-Length: " + large.length), text);
    int rest = drain(slow);
    assertTrue(rest < large.length, () -> rest + " bytes");
  }

  @Test
  void shouldServeAnotherAddressWhileOneIsAtItsLimit() throws IOException {
    hold(METRICS, 40, "GET /metrics HTTP/1.1\r\nHost: x\r\nX: ");
    await().atMost(TIMEOUT).until(() -> server.openConnections(METRICS) <= 4);
    assertEquals("HTTP/1.1 200 OK", answer(METRICS, "/metrics", "127.0.0.2"));
  }

  private Socket hold(String port, int connections, String start) throws IOException {
    for (int i = 0; i < connections; i++) {
      Socket socket = connect(port, "127.0.0.1");
      socket.setReceiveBufferSize(4 * 1024);
      held.add(socket);
      try {
        socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException closedAlready) {
        // Closed in favour of a newer connection.
      }
    }
    return held.getLast();
  }

  private void assertAnswers(String port, String path) throws IOException {
    assertEquals("HTTP/1.1 200 OK", answer(port, path, "127.0.0.1"));
  }

  private String answer(String port, String path, String from) throws IOException {
    try (Socket socket = connect(port, from)) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return all.lines().findFirst().orElse("closed without an answer");
    }
  }

  private Socket connect(String port, String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.setSoTimeout(PROBE_TIMEOUT_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port(port)),
        PROBE_TIMEOUT_MILLIS);
    return socket;
  }

  private static int drain(Socket socket) {
    int count = 0;
    try {
      byte[] buffer = new byte[16 * 1024];
      for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
        count += read;
      }
    } catch (IOException reset) {
      // The client detects the truncation.
    }
    return count;
  }
}
