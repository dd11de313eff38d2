package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.network.Origin;
import dev.acktask.operator.proxy.ProxyPolicy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * The real transport, sending one request like another to a {@link WireServer}. It waits for no
 * quiet time.
 */
final class WireClient implements AutoCloseable {
  static final int MAX_BYTES = 20_000;

  private final CloudTransport transport;
  private final HttpRequest request;

  WireClient(Origin origin, SSLContext trust, Duration timeout, InetAddress... addresses) {
    transport =
        new CloudTransport(
            timeout,
            MAX_BYTES,
            host -> addresses,
            () -> trust,
            ProxyPolicy.DIRECT,
            new FakeClock());
    request = HttpRequest.get(origin, "/", Map.of());
  }

  /** A client that reaches {@code server} and waits longer than any answer needs. */
  static WireClient of(WireServer server, SSLContext trust) {
    return of(server, trust, Duration.ofSeconds(20));
  }

  static WireClient of(WireServer server, SSLContext trust, Duration timeout) {
    return new WireClient(server.origin(), trust, timeout, InetAddress.getLoopbackAddress());
  }

  HttpResult send() {
    return send(request);
  }

  HttpResult post(Map<String, String> form) {
    return send(HttpRequest.post(request.origin(), "/", form));
  }

  private HttpResult send(HttpRequest one) {
    return transport.send(one, AddressPolicy.ANY, transport.startCall());
  }

  HttpAnswer answer() {
    return assertInstanceOf(HttpResult.Answered.class, send()).answer();
  }

  /** The complete body of the answer, one character for each byte. */
  String body() {
    HttpAnswer.Body.Complete body =
        assertInstanceOf(HttpAnswer.Body.Complete.class, answer().body());
    StringBuilder text = new StringBuilder();
    body.parts().forEach(part -> text.append(StandardCharsets.ISO_8859_1.decode(part.duplicate())));
    return text.toString();
  }

  HttpResult.Lost lost() {
    return assertInstanceOf(HttpResult.Lost.class, send());
  }

  void assertLost(TransportError cause) {
    assertEquals(cause, lost().cause());
  }

  @Override
  public void close() {
    transport.close();
  }
}
