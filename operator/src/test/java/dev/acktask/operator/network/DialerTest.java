package dev.acktask.operator.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several addresses, some of which never answer: a call tries the next one. */
final class DialerTest {
  private static final Duration CALL = Duration.ofSeconds(6);

  private final List<FullQueue> dead = new ArrayList<>();
  private final Dialer dialer = new Dialer(ProxyPolicy.DIRECT);
  private ServerSocket server;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, address("127.0.0.1"));
  }

  @AfterEach
  void stop() throws IOException {
    for (FullQueue each : dead) {
      each.close();
    }
    server.close();
  }

  @Test
  void shouldReachTheLiveAddressBehindDeadOnesWithinOneCall() throws Exception {
    List<InetAddress> addresses = List.of(dead("127.0.0.2"), dead("127.0.0.3"), live());

    assertEquals(live(), dial(addresses));
  }

  @Test
  void shouldTryTheLastWorkingAddressFirst() throws Exception {
    assertEquals(live(), dial(List.of(dead("127.0.0.2"), dead("127.0.0.3"), live())));

    // The timeout of the call is shorter than the shortest attempt on a dead address.
    assertEquals(live(), dial(List.of(dead.getFirst().address(), live()), Duration.ofMillis(240)));
  }

  @Test
  void shouldFailWhenEveryAddressIsDead() throws Exception {
    List<InetAddress> addresses = List.of(dead("127.0.0.2"), dead("127.0.0.3"));

    assertThrows(SocketTimeoutException.class, () -> dial(addresses, Duration.ofSeconds(60)));
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

  private InetAddress dial(List<InetAddress> addresses) throws IOException {
    return dial(addresses, CALL);
  }

  private InetAddress dial(List<InetAddress> addresses, Duration time) throws IOException {
    Origin origin = new Origin("cloud.invalid", server.getLocalPort(), false);
    try (SocketChannel channel =
        dialer.dial(origin, host -> addresses, host -> List.of(), new Call(time.toNanos()))) {
      return ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
    }
  }

  private static InetAddress address(String text) throws IOException {
    return InetAddress.getByName(text);
  }
}
