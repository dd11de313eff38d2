package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.network.Addresses;
import dev.acktask.operator.network.Call;
import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that come before a request is written, in plaintext and over TLS. */
@ParameterizedClass(name = "TLS: {0}")
@ValueSource(booleans = {false, true})
final class CloudConnectionReservationTest extends WireTestCase {
  private static final String SMUGGLED = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad";

  private final CountDownLatch mayAnswerAgain = new CountDownLatch(1);

  @Test
  @Tag("F51")
  void shouldNotSendARequestWhenBytesCameBeforeIt() throws Exception {
    try (CloudConnections connections = connections()) {
      // given
      server.onRequest(answeringTwice());
      CloudConnection connection = usedOnce(connections);
      assertTrue(connection.reserve());

      // when
      mayAnswerAgain.countDown();
      Awaitility.await().until(() -> server.openConnections() == 0);

      // then
      assertThrows(IOException.class, () -> perform(connections, connection));
      assertTrue(connection.gotNothing());
      assertEquals(1, server.requests());
    }
  }

  @Test
  @Tag("F51")
  void shouldNotReserveAConnectionWithBytesThatJettyHasNotNoticed() throws Exception {
    whileJettyIsBusy(
        (connections, connection) -> {
          sendAgain(connection);

          assertFalse(connection.reserve());
        });
  }

  @Test
  @Tag("F51")
  void shouldNotSendARequestBehindBytesThatJettyHasNotNoticed() throws Exception {
    whileJettyIsBusy(
        (connections, connection) -> {
          assertTrue(connection.reserve());
          sendAgain(connection);

          assertThrows(IOException.class, () -> perform(connections, connection));
          assertTrue(connection.gotNothing());
        });
    assertEquals(2, server.requests());
  }

  @FunctionalInterface
  private interface Check {
    void on(CloudConnections connections, CloudConnection idle) throws Exception;
  }

  private void whileJettyIsBusy(Check check) throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    try (CloudConnections connections = connections()) {
      server.onRequest(answeringTwice());
      CloudConnection idle = usedOnce(connections);
      server.answering(WireServer.OK);
      try {
        occupySelector(connections, mayGoOn);
        check.on(connections, idle);
      } finally {
        mayGoOn.countDown();
      }
    }
  }

  private void sendAgain(CloudConnection connection) {
    mayAnswerAgain.countDown();
    Awaitility.await().until(connection::hasUnreadBytes);
  }

  private WireServer.OnRequest answeringTwice() {
    return socket -> {
      WireServer.send(socket, WireServer.OK);
      mayAnswerAgain.await();
      WireServer.send(socket, SMUGGLED);
    };
  }

  private static CloudConnections connections() {
    return new CloudConnections(() -> trust, ProxyPolicy.DIRECT, new FakeClock());
  }

  private CloudConnection usedOnce(CloudConnections connections) throws Exception {
    CloudConnection connection = open(connections);
    perform(connections, connection);
    assertTrue(connection.reusable().get(10, TimeUnit.SECONDS));
    return connection;
  }

  private CloudConnection open(CloudConnections connections) throws IOException {
    Addresses loopback = host -> List.of(InetAddress.getLoopbackAddress());
    return connections.open(server.origin(), loopback, loopback, call());
  }

  private HttpAnswer perform(CloudConnections connections, CloudConnection connection)
      throws IOException {
    return perform(connection, connections.prepare(request()));
  }

  private static HttpAnswer perform(CloudConnection connection, Request request)
      throws IOException {
    Call call = call();
    try (BodyBudget.Share memory = new BodyBudget(0).share(call.deadlineNanos())) {
      return new CloudExchange(connection, call).perform(request, WireClient.MAX_BYTES, memory);
    }
  }

  /** Returns when the thread of the selector waits, in a listener of another connection. */
  private void occupySelector(CloudConnections connections, CountDownLatch mayGoOn)
      throws Exception {
    CountDownLatch isOccupied = new CountDownLatch(1);
    CloudConnection other = open(connections);
    Request request =
        connections
            .prepare(request())
            .onResponseBegin(
                response -> {
                  isOccupied.countDown();
                  await(mayGoOn);
                });
    Thread.startVirtualThread(
        () -> {
          try {
            perform(other, request);
          } catch (IOException closed) {
            // at the end of the test
          }
        });
    assertTrue(isOccupied.await(10, TimeUnit.SECONDS));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request() {
    return HttpRequest.get(server.origin(), "/", Map.of());
  }

  private static Call call() {
    return new Call(TimeUnit.SECONDS.toNanos(20));
  }
}
