package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Reuse of connections, and the end of calls, in plaintext and over TLS. */
@ParameterizedClass(name = "TLS: {0}")
@ValueSource(booleans = {false, true})
final class CloudTransportTest extends WireTestCase {
  private static final Duration BRIEF = Duration.ofMillis(500);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void shouldUseOneConnectionWhenRequestsFollowEachOther() {
    for (int i = 0; i < 50; i++) {
      assertEquals("ok", client.body());
    }
    assertEquals(1, server.connections());
  }

  @Test
  void shouldOpenAnotherConnectionWhenTheServerHadClosedTheIdleOne() throws IOException {
    assertEquals("ok", client.body());
    server.closeConnections();

    HttpResult first = client.send();
    // The end may be noticed before the request, or by it.
    HttpResult result =
        first instanceof HttpResult.Lost lost && lost.isStale() ? client.send() : first;

    assertInstanceOf(HttpResult.Answered.class, result);
    assertEquals(2, server.connections());
  }

  /** A firewall drops connections silently: each one would cost a separate call. */
  @Test
  void shouldDiscardIdleConnectionsWhenOneGivesNoAnswer() throws Exception {
    // given
    CyclicBarrier both = new CyclicBarrier(2);
    server.onRequest(
        socket -> {
          both.await();
          WireServer.send(socket, WireServer.OK);
        });
    try (WireClient brief = WireClient.of(server, trust, Duration.ofSeconds(2))) {
      Future<String> one = threads.submit(brief::body);
      assertEquals("ok", brief.body());
      one.get();
      assertEquals(2, server.connections());

      // when
      server.onRequest(socket -> {});
      brief.assertLost(TransportError.TIMED_OUT);

      // then
      server.answering(WireServer.OK);
      assertEquals("ok", brief.body());
      assertEquals(3, server.connections());
    }
  }

  @Test
  void shouldSendARequestOnceWhenTheConnectionBreaks() {
    server.onRequest(Socket::close);

    HttpResult.Lost lost = client.lost();

    assertTrue(lost.isStale());
    assertEquals(TransportError.CONNECTION_DIED, lost.cause());
    assertEquals(1, server.requests());
  }

  @Test
  void shouldNotBeStaleWhenAnAnswerHadBegun() {
    server.onRequest(
        socket -> {
          WireServer.send(socket, "H");
          socket.close();
        });

    HttpResult.Lost lost = client.lost();

    assertEquals(TransportError.CONNECTION_DIED, lost.cause());
    assertEquals(false, lost.isStale());
  }

  @Test
  void shouldTryTheNextAddressWhenOneRefuses() throws IOException {
    InetAddress refusing = InetAddress.getByName("127.0.0.2"); // the server listens on 127.0.0.1
    try (WireClient two =
        new WireClient(
            server.origin(),
            trust,
            Duration.ofSeconds(20),
            refusing,
            InetAddress.getLoopbackAddress())) {
      assertEquals("ok", two.body());
    }
  }

  @Test
  void shouldEndWithTheDeadlineWhateverBytesCome() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    server.onRequest(
        socket -> {
          for (char next : "HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n".toCharArray()) {
            WireServer.send(socket, String.valueOf(next));
            if (ended.await(100, TimeUnit.MILLISECONDS)) {
              return;
            }
          }
        });
    try (WireClient brief = WireClient.of(server, trust, BRIEF)) {
      long before = System.nanoTime();

      brief.assertLost(TransportError.TIMED_OUT);

      ended.countDown();
      assertTrue(System.nanoTime() - before < BRIEF.multipliedBy(4).toNanos());
    }
  }

  @Test
  void shouldAbortPendingCallsWhenClosed() throws Exception {
    // given
    CountDownLatch asked = new CountDownLatch(1);
    server.onRequest(socket -> asked.countDown());
    Future<HttpResult> waiting = threads.submit(client::send);
    assertTrue(asked.await(10, TimeUnit.SECONDS));

    // when
    client.close();

    // then
    HttpResult result = waiting.get(10, TimeUnit.SECONDS);
    assertEquals(
        TransportError.INTERRUPTED, assertInstanceOf(HttpResult.Lost.class, result).cause());
  }

  /** An answer of STS does not name the request. */
  @Test
  @Tag("F51")
  void shouldUseASeparateConnectionForEachPost() {
    assertEquals("ok", client.body());
    for (int i = 0; i < 2; i++) {
      assertInstanceOf(HttpResult.Answered.class, client.post(Map.of("a", "b")));
    }
    assertEquals("ok", client.body());
    assertEquals(3, server.connections());
  }

  @Test
  void shouldKeepAtMost64IdleConnections() throws Exception {
    CyclicBarrier all = new CyclicBarrier(80);
    server.onRequest(
        socket -> {
          all.await();
          WireServer.send(socket, WireServer.OK);
        });
    List<Future<String>> calls = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      calls.add(threads.submit(client::body));
    }
    for (Future<String> call : calls) {
      call.get(20, TimeUnit.SECONDS);
    }

    Awaitility.await().until(() -> server.openConnections() == 64);
  }
}
