package dev.acktask.operator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.http.HttpAnswer.Body;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection takes for an answer, and when it may be used again. */
final class ConnectionTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200\r\ncontent-length:4\r\n\r\nbody",
        "HTTP/1.1 200 \r\nContent-Length: \t4 \r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n2;x=y\r\nbo\r\n2\r\ndy\r\n0\r\nT: t\r\n\r\n",
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 4\r\n\r\nbody"
      })
  void shouldUseTheConnectionAgainWhenTheEndIsCertain(String bytes) throws IOException {
    Connection connection = Replay.connection(bytes);

    HttpAnswer answer = connection.exchange(Replay.anything(), 4, Replay.memory());

    assertEquals(200, answer.status());
    assertEquals(Body.Complete.of("body"), answer.body());
    assertTrue(connection.isReusable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\nbody",
        "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n\r\n"
      })
  void shouldNotUseTheConnectionAgainWhenMoreMayCome(String bytes) throws IOException {
    Connection connection = Replay.connection(bytes);

    assertEquals(
        Body.Complete.of("body"),
        connection.exchange(Replay.anything(), 4, Replay.memory()).body());
    assertFalse(connection.isReusable());
  }

  @Test
  void shouldNotReuseAConnectionWithUnreadBytes() throws IOException {
    byte[] first = (HEAD + "Content-Length: 4\r\n\r\nbody").getBytes(StandardCharsets.US_ASCII);
    byte[] later = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
    Connection connection = Replay.connection(new Packets(List.of(first, later)));

    assertEquals(
        Body.Complete.of("body"),
        connection.exchange(Replay.anything(), 4, Replay.memory()).body());
    assertFalse(connection.isReusable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nA: b\rc\r\nContent-Length: 0\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "http/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 \u00b200 OK\r\n\r\n",
        "HTTP/1.1 600 OK\r\n\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 200 OK\r\nName : x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: \u0000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        "HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nbody",
        "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x4\r\nbody\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nbody\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody0\r\n\r\n"
      })
  void shouldUnderstandNothingThatCouldBeReadInTwoWays(String bytes) {
    assertThrows(ProtocolException.class, () -> Replay.read(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n"
      })
  void shouldReadNothingOfABodyThatIsTooLarge(String bytes) throws IOException {
    assertInstanceOf(Body.TooLarge.class, Replay.read(bytes).body());
  }

  @Test
  void shouldStopWhenABodyWithoutLengthIsTooLarge() throws IOException {
    Connection connection = Replay.connection(HEAD + "\r\n" + "x".repeat(1_001));

    assertInstanceOf(
        Body.TooLarge.class, connection.exchange(Replay.anything(), 1_000, Replay.memory()).body());
    assertFalse(connection.isReusable());
  }

  @Test
  void shouldSetNothingAsideForWhatWasOnlyAnnounced() {
    // Would take more than there is if it were: two gigabytes each.
    for (int i = 0; i < 100; i++) {
      byte[] bytes =
          (HEAD + "Content-Length: 2147483639\r\n\r\nx").getBytes(StandardCharsets.US_ASCII);
      assertThrows(IOException.class, () -> Replay.read(bytes, Integer.MAX_VALUE));
    }
  }

  @Test
  void shouldEndWhenInterimAnswersDoNot() {
    String interim = "HTTP/1.1 102 Processing\r\n\r\n".repeat(1_000);

    assertThrows(ProtocolException.class, () -> Replay.read(interim));
  }

  @Test
  void shouldEndWhenTheHeadDoesNot() {
    assertThrows(ProtocolException.class, () -> Replay.read(HEAD + "A: b\r\n".repeat(100_000)));
    assertThrows(ProtocolException.class, () -> Replay.read(HEAD + "A: " + "b".repeat(400_000)));
  }

  @Test
  void shouldReportThatNothingCame() {
    assertThrows(NothingCame.class, () -> Replay.read(""));
  }

  @Test
  void shouldNotReportThatNothingCameWhenAnAnswerHadBegun() {
    IOException cut = assertThrows(IOException.class, () -> Replay.read("H"));

    assertNotEquals(NothingCame.class, cut.getClass());
  }

  /** The law of this package: cut anywhere, an answer is none. */
  @Test
  void shouldNotTakeThePartOfAnAnswerForOne() throws IOException {
    List<String> wholes =
        List.of(
            HEAD + "Content-Length: 4\r\n\r\nbody",
            HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n");
    for (String whole : wholes) {
      assertEquals(Body.Complete.of("body"), Replay.read(whole).body());
      for (int end = 0; end < whole.length(); end++) {
        String part = whole.substring(0, end);
        assertThrows(IOException.class, () -> Replay.read(part), part);
      }
    }
  }

  /** The other one: how the bytes are cut into packets changes nothing. */
  @Test
  void shouldReadTheSameHoweverTheBytesAreCut() throws IOException {
    byte[] whole =
        (HEAD
                + "A: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\u00c3\u00a4b\r\nb\r\n0123456789a\r\n0\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    SplittableRandom random = new SplittableRandom(25);
    for (int run = 0; run < 1_000; run++) {
      Connection connection = Replay.connection(Packets.of(whole, random));

      HttpAnswer answer = connection.exchange(Replay.anything(), 100, Replay.memory());

      assertEquals(Body.Complete.of("\u00e4b0123456789a"), answer.body());
      assertEquals("b", answer.headers().first("a").orElseThrow());
    }
  }

  @Test
  void shouldSendNoInjectedLine() {
    Origin origin = new Origin("h", 80, false);
    for (String hostile : List.of("a\r\nb: c", "a\nb", "\u0000", "\u00e4")) {
      assertThrows(
          IllegalArgumentException.class, () -> new Get(origin, "/", Map.of("a", hostile)));
      assertThrows(IllegalArgumentException.class, () -> new Get(origin, "/" + hostile, Map.of()));
    }
  }

  /** Gives one packet for each read, and says that the next one waits. */
  private static final class Packets extends InputStream {
    private final List<byte[]> packets;
    private ByteArrayInputStream current = new ByteArrayInputStream(new byte[0]);
    private int next;

    Packets(List<byte[]> packets) {
      this.packets = packets;
    }

    static Packets of(byte[] whole, SplittableRandom random) {
      List<byte[]> packets = new ArrayList<>();
      for (int from = 0; from < whole.length; ) {
        int to = Math.min(whole.length, from + random.nextInt(1, 9));
        packets.add(Arrays.copyOfRange(whole, from, to));
        from = to;
      }
      return new Packets(packets);
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("one packet at a time");
    }

    @Override
    public int read(byte[] into, int offset, int count) {
      if (current.available() == 0) {
        if (next == packets.size()) {
          return -1;
        }
        current = new ByteArrayInputStream(packets.get(next++));
      }
      return current.read(into, offset, count);
    }

    @Override
    public int available() {
      return current.available() + (next < packets.size() ? packets.get(next).length : 0);
    }
  }
}
