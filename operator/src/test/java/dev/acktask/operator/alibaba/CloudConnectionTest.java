package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a connection is used again, in plaintext and over TLS. */
@ParameterizedClass(name = "TLS: {0}")
@ValueSource(booleans = {false, true})
final class CloudConnectionTest extends WireTestCase {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";
  private static final String SMUGGLED = HEAD + "Content-Length: 3\r\n\r\nbad";

  private final CountDownLatch mayAnswerAgain = new CountDownLatch(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200\r\ncontent-length:4\r\n\r\nbody",
        "HTTP/1.1 200 \r\nContent-Length: \t4 \r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;x=y\r\nbo\r\n2\r\ndy\r\n0\r\nT: t\r\n\r\n",
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 199 x\r\n\r\nHTTP/1.1 100 x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 4\r\n\r\nbody"
      })
  void shouldUseTheConnectionAgainWhenTheEndIsCertain(String bytes) {
    server.answering(bytes);

    assertEquals("body", client.body());
    assertEquals("body", client.body());
    assertEquals(1, server.connections());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n\r\n"
      })
  void shouldNotUseTheConnectionAgainWhenMoreMayCome(String bytes) {
    server.answering(bytes);

    assertEquals("body", client.body());
    assertEquals("body", client.body());
    assertEquals(2, server.connections());
  }

  /** An answer that fills a buffer, and bytes behind it that resemble the next answer. */
  @ParameterizedTest
  @Tag("F51")
  @ValueSource(ints = {100, 4_096, 8_192, 8_193, 16_384, 16_385})
  void shouldNotReadBytesBehindAnAnswerAsTheNext(int end) {
    int body = end - (HEAD + "Content-Length: 00000\r\n\r\n").length();
    String first = HEAD + "Content-Length: %05d\r\n\r\n".formatted(body) + "x".repeat(body);
    for (int run = 0; run < 20; run++) {
      server.answering(first + SMUGGLED.repeat(run % 3 + 1));
      assertEquals(body, client.body().length());
      awaitClosed();

      server.answering(WireServer.OK);
      assertEquals("ok", client.body());
    }
  }

  /** In a packet that comes after the answer: what each client of HTTP races with. */
  @ParameterizedTest
  @Tag("F51")
  @ValueSource(strings = {SMUGGLED, "HTT", "\r\n", "HTTP/1.1 100 x\r\n\r\n", "HTTP/2 600\r\n\r\n"})
  void shouldNotReadBytesThatComeLaterAsTheNextAnswer(String late) {
    // given
    server.onRequest(answeringTwice(late));
    assertEquals("ok", client.body());
    server.answering(WireServer.OK);

    // when
    mayAnswerAgain.countDown();
    awaitClosed();

    // then
    assertEquals("ok", client.body());
    assertEquals(2, server.connections());
  }

  private WireServer.OnRequest answeringTwice(String late) {
    return socket -> {
      WireServer.send(socket, WireServer.OK);
      mayAnswerAgain.await();
      WireServer.send(socket, late);
    };
  }

  /** The client closed all connections. */
  private void awaitClosed() {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> server.openConnections() == 0);
  }
}
