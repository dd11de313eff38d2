package dev.acktask.operator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several addresses, some of which never answer: a call tries the next one. */
final class DialerTest {
  private static final Duration CALL = Duration.ofSeconds(6);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<FullQueue> dead = new ArrayList<>();
  private ServerSocket server;
  private HttpTransport http;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, address("127.0.0.1"));
    http =
        new HttpTransport(
            () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), ProxyPolicy.DIRECT, 1_000);
    var unused = threads.submit(this::serve);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    for (FullQueue each : dead) {
      each.close();
    }
    server.close();
    threads.shutdownNow();
  }

  @Test
  void shouldReachTheLiveAddressBehindDeadOnesWithinOneCall() throws Exception {
    List<InetAddress> addresses = List.of(dead("127.0.0.2"), dead("127.0.0.3"), live());

    assertEquals(200, get(addresses));
  }

  @Test
  void shouldTryTheLastWorkingAddressFirst() throws Exception {
    assertEquals(200, get(List.of(dead("127.0.0.2"), dead("127.0.0.3"), live())));

    // The timeout of the call is shorter than the shortest attempt on a dead address.
    assertEquals(200, get(List.of(dead.getFirst().address(), live()), Duration.ofMillis(240)));
  }

  @Test
  void shouldFailWhenEveryAddressIsDead() throws Exception {
    List<InetAddress> addresses = List.of(dead("127.0.0.2"), dead("127.0.0.3"));

    assertThrows(SocketTimeoutException.class, () -> get(addresses, Duration.ofSeconds(60)));
  }

  @ParameterizedTest(name = "{0} ms for {1} addresses: {2} ms")
  @CsvSource({
    "10000, 4, 2500",
    "7500, 3, 2500",
    "10000, 1, 5000",
    "60000, 2, 5000",
    "1000, 2, 500",
    "1000, 100, 250",
    "0, 1, 250"
  })
  void shouldDivideTheRemainingTime(long leftMillis, int addresses, int expected) {
    assertEquals(
        expected, Dialer.connectMillis(TimeUnit.MILLISECONDS.toNanos(leftMillis), addresses));
  }

  @ParameterizedTest
  @CsvSource({
    "cs.example.com, 443, cs.example.com, cs.example.com",
    "cs.example.com., 443, cs.example.com, cs.example.com",
    "cs.example.com., 8443, cs.example.com:8443, cs.example.com",
    "[2001:db8::1], 443, [2001:db8::1], 2001:db8::1",
    "[2001:db8::1], 8443, [2001:db8::1]:8443, 2001:db8::1",
    "192.0.2.1, 8443, 192.0.2.1:8443, 192.0.2.1"
  })
  void shouldFormatTheHostForTheHeaderAndForTls(String host, int port, String header, String tls) {
    Origin origin = new Origin(host, port, true);

    assertEquals(header, origin.authority());
    assertEquals(tls, origin.serverName(false));
  }

  private InetAddress dead(String text) throws IOException {
    FullQueue queue = new FullQueue(address(text), server.getLocalPort());
    dead.add(queue);
    return queue.address();
  }

  private InetAddress live() {
    return server.getInetAddress();
  }

  private int get(List<InetAddress> addresses) throws IOException {
    return get(addresses, CALL);
  }

  private int get(List<InetAddress> addresses, Duration time) throws IOException {
    Origin origin = new Origin("cloud.invalid", server.getLocalPort(), false);
    HttpAnswer answer =
        http.send(
            new Get(origin, "/", Map.of()),
            host -> addresses,
            host -> List.of(),
            time.toNanos(),
            Function.identity());
    assertTrue(answer.body() instanceof HttpAnswer.Body.Complete);
    return answer.status();
  }

  private Void serve() throws IOException {
    byte[] answer =
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    while (true) {
      try (Socket socket = server.accept()) {
        var unused = socket.getInputStream().read(new byte[1_000]);
        socket.getOutputStream().write(answer);
      }
    }
  }

  private static InetAddress address(String text) throws IOException {
    return InetAddress.getByName(text);
  }
}
