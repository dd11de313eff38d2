package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.http.Transmission.Outcome;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How each delivery treats the connection. */
@Timeout(60)
class DeliveryTest extends DeliveryTestCase {
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
    client.readTimeout(200);
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
    client.readTimeout(200);
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
  void shouldCloseUnannouncedWhenClosing() throws IOException {
    assertEquals(PLAIN_HEAD + BODY, ask(PLAIN.closing()).readAll());
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
