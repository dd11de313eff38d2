package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.HttpAnswer.Body;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an answer, in plaintext and over TLS. */
@ParameterizedClass(name = "TLS: {0}")
@ValueSource(booleans = {false, true})
final class StrictReceiverTest extends WireTestCase {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  /** Anyone on the way can end a connection; in plaintext they could also change the bytes. */
  @Test
  @Tag("F44")
  void shouldRefuseABodyWithoutAnEndOverTls() {
    server.onRequest(
        socket -> {
          WireServer.send(socket, HEAD + "\r\nbody");
          socket.close();
        });

    if (isTls) {
      client.assertLost(TransportError.NOT_HTTP);
    } else {
      assertEquals("body", client.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\rc\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 \u00b200 OK\r\n\r\n",
        "HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 200 OK\r\nName : x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: \u0000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nbody",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x4\r\nbody\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbody\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\nbody\r\n0\r\n\r\n"
      })
  void shouldRefuseAnAnswerThatCouldBeReadInTwoWays(String bytes) {
    server.answering(bytes);

    client.assertLost(TransportError.NOT_HTTP);
  }

  @Test
  @Tag("F42")
  void shouldEndWhenInterimAnswersDoNot() {
    server.answering("HTTP/1.1 102 Processing\r\n\r\n".repeat(1_000));

    client.assertLost(TransportError.NOT_HTTP);
  }

  @ParameterizedTest
  @Tag("F50")
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n|A: b\r\n|",
        "HTTP/1.1 200 OK\r\nA: |b|",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;|x|",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n|A: b\r\n|"
      })
  void shouldEndWhenHeadExtensionOrTrailerDoNot(String bytes) {
    String[] parts = bytes.split("\\|", -1);
    server.answering(parts[0] + parts[1].repeat(100_000));

    client.assertLost(TransportError.NOT_HTTP);
  }

  /** The law of the transport: cut anywhere, an answer is none. */
  @Test
  @Tag("F44")
  void shouldNotTakeThePartOfAnAnswerForOne() {
    List<String> wholes =
        List.of(
            HEAD + "Content-Length: 4\r\n\r\nbody",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n");
    for (String whole : wholes) {
      server.answering(whole);
      assertEquals("body", client.body());
      for (int end = 0; end < whole.length(); end++) {
        String part = whole.substring(0, end);
        server.onRequest(
            socket -> {
              WireServer.send(socket, part);
              socket.close();
            });
        assertEquals(TransportError.CONNECTION_DIED, client.lost().cause(), part);
      }
    }
  }

  /** The other one: how the bytes are cut into packets changes nothing. */
  @Test
  void shouldReadTheSameHoweverTheBytesAreCut() {
    String whole =
        HEAD
            + "A: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\u00c3\u00a4b\r\nb\r\n0123456789a\r\n0\r\n\r\n";
    SplittableRandom random = new SplittableRandom(25);
    server.onRequest(
        socket -> {
          for (int from = 0; from < whole.length(); ) {
            int to = Math.min(whole.length(), from + random.nextInt(1, 9));
            WireServer.send(socket, whole.substring(from, to));
            from = to;
          }
        });
    for (int run = 0; run < 200; run++) {
      HttpAnswer answer = client.answer();

      assertEquals(
          Body.Complete.of("\u00e4b0123456789a").size(),
          assertInstanceOf(Body.Complete.class, answer.body()).size());
      assertEquals("b", answer.header("a").orElseThrow());
    }
    assertEquals(1, server.connections());
  }
}
