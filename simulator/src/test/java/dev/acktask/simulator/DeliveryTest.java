package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.http.Transmission.Outcome;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Framing;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each delivery, seen from a plain socket. */
@Timeout(60)
class DeliveryTest {
  private static final String BODY = "{\"state\":\"running\"}";
  private static final Response PLAIN = Response.of(200).body(Body.of(BODY));
  private static final String PLAIN_HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n";

  private Simulator simulator;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.builder().withoutVerification().start();
    client = new RawClient(simulator.port());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    simulator.close();
  }

  private RawClient ask(Response response) throws IOException {
    simulator.answers("T-1", response);
    return client.get("/tasks/T-1");
  }

  private Outcome finalOutcome() {
    return Awaitility.await()
        .until(
            () -> simulator.served("T-1").get(0).outcome(), outcome -> outcome != Outcome.SENDING);
  }

  @Test
  void shouldKeepConnectionWhenDeliveryIsNormal() throws IOException {
    assertEquals(PLAIN_HEAD + BODY, ask(PLAIN).readAnswer());
    assertEquals(PLAIN_HEAD + BODY, client.get("/tasks/T-1").readAnswer());
    assertEquals(Outcome.COMPLETE, finalOutcome());
  }

  @Test
  void shouldServePipelinedRequestsInOrder() throws IOException {
    simulator.answers("T-1", call -> Response.of(200).body(Body.of("answer " + call)));
    client.get("/tasks/T-1").get("/tasks/T-1");
    assertTrue(client.readAnswer().endsWith("answer 1"));
    assertTrue(client.readAnswer().endsWith("answer 2"));
  }

  @Test
  void shouldResetBeforeHeadWhenReset() throws IOException {
    ask(Response.reset());
    assertThrows(SocketException.class, client::readAll);
    assertEquals(Outcome.CUT, finalOutcome());
    assertEquals(0, simulator.served("T-1").get(0).bytes());
  }

  @Test
  void shouldResetAfterBytesWhenCutWithReset() throws IOException {
    ask(PLAIN.cutAfter(20, Ending.RESET));
    assertEquals(PLAIN_HEAD.substring(0, 20), client.read(20));
    assertThrows(SocketException.class, client::readAll);
  }

  @Test
  void shouldFinishAfterBytesWhenCutWithClose() throws IOException {
    assertEquals(PLAIN_HEAD + "{\"sta", ask(PLAIN.cutBodyAfter(5, Ending.CLOSE)).readAll());
    assertEquals("{\"sta", simulator.served("T-1").get(0).body());
    assertEquals(Outcome.CUT, finalOutcome());
  }

  @Test
  void shouldStaySilentWhenHanging() throws IOException {
    ask(Response.hang());
    Awaitility.await().until(() -> simulator.callCount("T-1") == 1);
    client.patience(200);
    assertThrows(SocketTimeoutException.class, client::readAll);
  }

  @Test
  void shouldEndHangingConnectionWhenSimulatorCloses() throws IOException {
    ask(Response.hang());
    Awaitility.await().until(() -> simulator.callCount("T-1") == 1);
    simulator.close();
    assertEquals("", client.readAll());
  }

  @Test
  void shouldEndWaitWhenSimulatorClosesDuringDelay() throws IOException {
    ask(PLAIN.delayed(Duration.ofHours(1)));
    Awaitility.await().until(() -> simulator.callCount("T-1") == 1);
    simulator.close();
    assertEquals("", client.readAll());
    assertEquals(Outcome.BROKEN, finalOutcome());
  }

  @Test
  void shouldSendNothingBeforeDelayWhenDelayed() throws IOException {
    ask(PLAIN.delayed(Duration.ofHours(1)));
    client.patience(200);
    assertThrows(SocketTimeoutException.class, client::readAll);
  }

  @Test
  void shouldSendWholeAnswerWhenSlow() throws IOException {
    assertEquals(PLAIN_HEAD + BODY, ask(PLAIN.slow(1000, 200)).readAnswer());
  }

  @Test
  void shouldSendHeadButNotWholeBodyWhenBodyIsSlow() throws IOException {
    ask(PLAIN.slow(0, 1));
    assertEquals(PLAIN_HEAD, client.readHead());
    assertEquals("{", client.read(1));
    assertEquals(Outcome.SENDING, simulator.served("T-1").get(0).outcome());
  }

  @Test
  void shouldLeaveClientWaitingWhenDeclaredLengthIsTooLong() throws IOException {
    ask(PLAIN.declaringLength(25));
    assertTrue(client.readHead().contains("Content-Length: 25\r\n"));
    assertEquals(BODY, client.read(19));
    client.patience(200);
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
  void shouldCloseUnannouncedWhenClosing() throws IOException {
    assertEquals(PLAIN_HEAD + BODY, ask(PLAIN.closing()).readAll());
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

  @Test
  void shouldCloseWhenClientAsksTo() throws IOException {
    simulator.answers("T-1", PLAIN);
    client.send("GET /tasks/T-1 HTTP/1.1\r\nConnection: close\r\n\r\n");
    assertEquals(PLAIN_HEAD + BODY, client.readAll());
  }

  @Test
  void shouldRefuseWhenHeadIsTooLarge() throws IOException {
    client.send("GET / HTTP/1.1\r\n").send("x: ".repeat(30_000));
    assertTrue(client.readHead().startsWith("HTTP/1.1 400 Bad Request\r\n"));
  }

  @Test
  void shouldServeOutageWhenBytesAreNotARequest() throws IOException {
    simulator.outage(Response.raw("not http".getBytes(StandardCharsets.US_ASCII)));
    client.send("\u0016\u0003\u0001 client hello\n\n");
    assertEquals("not http", client.readAll());
  }
}
