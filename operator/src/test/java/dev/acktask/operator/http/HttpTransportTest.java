package dev.acktask.operator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reuse of connections, and calls that fail or are aborted. */
final class HttpTransportTest {
  private static final long AMPLE = Duration.ofSeconds(20).toNanos();
  private static final long BRIEF = Duration.ofMillis(300).toNanos();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile OnRequest behaviour = HttpTransportTest::answer;
  private ServerSocket server;
  private HttpTransport http;

  /** The behaviour of the server for a request. */
  private interface OnRequest {
    void on(Socket socket) throws Exception;
  }

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    http =
        new HttpTransport(
            () -> (SSLSocketFactory) SSLSocketFactory.getDefault(), ProxyPolicy.DIRECT, 1_000);
    var unused = threads.submit(this::accept);
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }

  @Test
  void shouldUseOneConnectionWhenRequestsFollowEachOther() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertEquals(200, get(AMPLE).status());
    }
    assertEquals(1, connections.get());
  }

  @Test
  void shouldOpenAnotherConnectionWhenTheServerHadClosedTheIdleOne() throws Exception {
    get(AMPLE);
    for (Socket socket : open) {
      socket.close();
    }
    assertThrows(NothingCame.class, () -> get(AMPLE));

    assertEquals(200, get(AMPLE).status());
    assertEquals(2, connections.get());
  }

  /** A firewall may drop all idle connections silently; each would cost one call. */
  @Test
  void shouldDiscardIdleConnectionsWhenOneGivesNoAnswer() throws Exception {
    // given: two idle connections
    CyclicBarrier both = new CyclicBarrier(2);
    behaviour =
        socket -> {
          both.await();
          answer(socket);
        };
    Future<HttpAnswer> one = threads.submit(() -> get(AMPLE));
    get(AMPLE);
    one.get();
    assertEquals(2, connections.get());

    // when
    behaviour = socket -> {};

    // then
    assertThrows(InterruptedIOException.class, () -> get(BRIEF));

    // when
    behaviour = HttpTransportTest::answer;

    // then
    assertEquals(200, get(AMPLE).status());
    assertEquals(3, connections.get());
  }

  @Test
  void shouldSendARequestOnceWhenTheConnectionBreaks() {
    behaviour = Socket::close;

    assertThrows(NothingCame.class, () -> get(AMPLE));
    assertEquals(1, requests.get());
  }

  @Test
  void shouldTryTheNextAddressWhenOneRefuses() throws Exception {
    InetAddress refusing = InetAddress.getByName("127.0.0.2"); // the server listens on 127.0.0.1
    InetAddress listening = InetAddress.getLoopbackAddress();

    assertEquals(200, send(AMPLE, refusing, listening).status());
  }

  @Test
  void shouldAbortPendingCallsWhenClosed() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    behaviour = socket -> received.countDown();
    Future<IOException> waiting =
        threads.submit(() -> assertThrows(IOException.class, () -> get(AMPLE)));
    assertTrue(received.await(10, TimeUnit.SECONDS));

    http.close();

    assertTrue(waiting.get(10, TimeUnit.SECONDS) instanceof InterruptedIOException);
  }

  private HttpAnswer get(long nanos) throws IOException {
    return send(nanos, InetAddress.getLoopbackAddress());
  }

  private HttpAnswer send(long nanos, InetAddress... addresses) throws IOException {
    return http.send(
        request(), host -> List.of(addresses), host -> List.of(), nanos, Function.identity());
  }

  private Get request() {
    return new Get(new Origin("cloud.invalid", server.getLocalPort(), false), "/", Map.of());
  }

  private Void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      connections.incrementAndGet();
      open.add(socket);
      var unused = threads.submit(() -> serve(socket));
    }
  }

  private Void serve(Socket socket) throws Exception {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        requests.incrementAndGet();
        behaviour.on(socket);
      }
    }
    return null;
  }

  private static void answer(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
  }
}
