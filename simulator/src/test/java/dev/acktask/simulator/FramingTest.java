package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Framing;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The messages that each delivery puts on the wire. */
@Timeout(60)
class FramingTest extends DeliveryTestCase {
  @Test
  void shouldLeaveClientWaitingWhenDeclaredLengthIsTooLong() throws IOException {
    ask(PLAIN.declaringLength(25));
    assertTrue(client.readHead().contains("Content-Length: 25\r\n"));
    assertEquals(BODY, client.read(19));
    client.readTimeout(200);
    assertThrows(SocketTimeoutException.class, client::readAll);
  }

  @Test
  void shouldLeaveRestOnWireWhenDeclaredLengthIsTooShort() throws IOException {
    ask(PLAIN.declaringLength(5));
    assertTrue(client.readAnswer().endsWith("\r\n\r\n{\"sta"));
    assertEquals("te\":\"running\"}", client.read(14));
  }

  @Test
  void shouldSendChunksWhenChunked() throws IOException {
    ask(PLAIN.chunked(10).closing());
    assertTrue(client.readHead().contains("Transfer-Encoding: chunked\r\n"));
    assertEquals(
        List.of("a", "{\"state\":\"", "9", "running\"}", "0"),
        client.readAll().strip().lines().toList());
  }

  @Test
  void shouldCutInsideChunkWhenChunkedAndCut() throws IOException {
    ask(PLAIN.chunked(10).cutBodyAfter(8, Ending.CLOSE));
    assertTrue(client.readAll().endsWith("\r\n\r\na\r\n{\"sta"));
  }

  @Test
  void shouldEndBodyByCloseWhenNoLengthIsGiven() throws IOException {
    ask(PLAIN.deliver(d -> d.withFraming(new Framing.UntilClose())));
    assertEquals("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + BODY, client.readAll());
  }

  @Test
  void shouldSendInterimAnswersFirst() throws IOException {
    ask(PLAIN.afterInterim(103, 2));
    String early = "HTTP/1.1 103 Early Hints\r\n\r\n";
    assertEquals(
        early + early + PLAIN_HEAD + BODY,
        client.read((early + early + PLAIN_HEAD + BODY).length()));
  }

  @Test
  void shouldSendManyHeadersWhenFlooding() throws IOException {
    ask(PLAIN.headerFlood(1000, 1000));
    String head = client.readHead();
    assertTrue(head.length() > 1_000_000);
    assertTrue(head.contains("x-flood-999: ff"));
  }

  @Test
  void shouldStreamWholeBodyWhenEndless() throws IOException {
    ask(Response.endless(200_000_000).closing());
    assertTrue(client.in().transferTo(OutputStream.nullOutputStream()) > 200_000_000);
    assertTrue(simulator.served("T-1").get(0).bytes() > 200_000_000);
    assertEquals(64 * 1024, simulator.served("T-1").get(0).body().length());
  }

  @Test
  void shouldDecodeToManyBytesWhenGzipBomb() throws IOException {
    ask(Response.gzipBomb(50_000_000).deliver(d -> d.withFraming(new Framing.UntilClose())));
    assertTrue(client.readHead().contains("Content-Encoding: gzip\r\n"));
    try (GZIPInputStream content = new GZIPInputStream(client.in())) {
      assertTrue(content.transferTo(OutputStream.nullOutputStream()) > 50_000_000);
    }
    assertTrue(simulator.served("T-1").get(0).bytes() < 100_000);
  }

  @Test
  void shouldSendLocationVerbatimWhenRedirecting() throws IOException {
    ask(Response.redirect(307, "http://other.example/tasks/T-1"));
    String answer = client.readAnswer();
    assertTrue(answer.startsWith("HTTP/1.1 307 Temporary Redirect\r\n"));
    assertTrue(answer.contains("Location: http://other.example/tasks/T-1\r\n"));
  }

  @Test
  void shouldSendOnlyTheBytesWhenRaw() throws IOException {
    String garbage = "\u0015\u0003\u0003\u0000\u0002\u0002(";
    ask(Response.raw(garbage.getBytes(StandardCharsets.ISO_8859_1)));
    assertEquals(garbage, client.readAll());
  }

  @Test
  void shouldSendNoLengthWhenStatusHasNoBody() throws IOException {
    assertEquals("HTTP/1.1 204 No Content\r\n\r\n", ask(Response.of(204)).readHead());
  }
}
