package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.response.Delivery.Ending;
import dev.acktask.simulator.response.Framing;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B2, F43, F44 and F47: connections that are refused, break or were closed. */
final class AlibabaTaskClientConnectionTest {
  private static final String SUCCESS = SampleTask.inState("success");
  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @Test
  @Tag("F43")
  void shouldHoldWhenTheConnectionIsRefused() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (CloudClient refused = CloudClient.of("http://127.0.0.1:" + port).build()) {
      LookupAssertions.unavailable(Failure.API_UNAVAILABLE, refused.describe(SampleTask.ID));
    }
  }

  @Test
  @Tag("F43")
  void shouldHoldWhenTheConnectionIsNotAnswered() throws IOException {
    List<SocketChannel> queue = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 8; i++) {
        SocketChannel waiting = SocketChannel.open();
        queue.add(waiting);
        waiting.configureBlocking(false);
        waiting.connect(full.getLocalSocketAddress());
      }
      try (CloudClient blackHole =
          CloudClient.of("http://127.0.0.1:" + full.getLocalPort())
              .timeout(SimulatedCloud.SHORT_TIMEOUT)
              .build()) {
        LookupAssertions.unavailable(Failure.API_UNAVAILABLE, blackHole.describe(SampleTask.ID));
      }
    } finally {
      for (SocketChannel waiting : queue) {
        waiting.close();
      }
    }
  }

  @ParameterizedTest
  @Tag("F44")
  @EnumSource(
      value = Ending.class,
      names = {"CLOSE", "RESET"})
  void shouldHoldWhenTheAnswerIsCutAnywhere(Ending ending) {
    Response whole = Response.json(200, SampleTask.minimal("success", ""));
    assertTrue(cloud.answered(whole) instanceof Found);
    long length = cloud.simulator.served().get(0).bytes();
    for (long bytes = 0; bytes < length; bytes++) {
      TaskLookup lookup = cloud.answered(whole.cutAfter(bytes, ending));

      LookupAssertions.unavailable(Failure.API_UNAVAILABLE, lookup);
    }
  }

  @ParameterizedTest
  @Tag("F44")
  @ValueSource(ints = {1, 7, 1024})
  void shouldHoldWhenAChunkIsCut(int chunk) {
    Response whole = Response.json(200, SampleTask.minimal("success", "")).chunked(chunk);
    assertTrue(cloud.answered(whole) instanceof Found);
    long length = cloud.simulator.served().get(0).bytes();
    for (long bytes = 1; bytes < length; bytes += 5) {
      LookupAssertions.unavailable(
          Failure.API_UNAVAILABLE, cloud.answered(whole.cutAfter(length - bytes, Ending.CLOSE)));
    }
  }

  @Test
  @Tag("F44")
  void shouldHoldWhenTheLengthIsTooLongOrTooShort() {
    Response reply = Response.json(200, SUCCESS);
    int length = SUCCESS.getBytes(StandardCharsets.UTF_8).length;

    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE,
        cloud.answered(
            reply.declaringLength(length + 1L).deliver(d -> d.withEnding(Ending.CLOSE))));
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID,
        cloud.answered(reply.declaringLength(SUCCESS.strip().length() - 1L)));
  }

  @Test
  @Tag("F44")
  void shouldHoldWhenABodyWithoutLengthIsCut() {
    Response whole =
        Response.json(200, SUCCESS).deliver(d -> d.withFraming(new Framing.UntilClose()));
    assertTrue(cloud.answered(whole) instanceof Found);

    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID,
        cloud.answered(whole.cutBodyAfter(SUCCESS.strip().length() - 1L, Ending.CLOSE)));
  }

  @ParameterizedTest
  @Tag("F47")
  @EnumSource(
      value = Ending.class,
      names = {"CLOSE", "RESET"})
  void shouldFindTheTaskWhenAnIdleConnectionWasClosed(Ending ending) {
    Response thenGone = Response.json(200, SUCCESS).deliver(d -> d.withEnding(ending));
    for (int poll = 0; poll < 20; poll++) {
      assertTrue(cloud.answered(thenGone) instanceof Found);
    }
  }

  @ParameterizedTest
  @Tag("F47")
  @EnumSource(
      value = Ending.class,
      names = {"CLOSE", "RESET"})
  void shouldRetryOnceWithANewNonceWhenTheConnectionBreaks(Ending ending) {
    assertTrue(
        cloud.answered(Response.of(0).cutAfter(0, ending), Response.json(200, SUCCESS))
            instanceof Found);

    assertEquals(2, cloud.distinctNonces());
  }

  @Test
  @Tag("F47")
  void shouldGiveUpWhenTheConnectionBreaksAgain() {
    LookupAssertions.unavailable(Failure.API_UNAVAILABLE, cloud.answered(Response.reset()));
    assertEquals(2, cloud.requests());
  }

  @Test
  @Tag("F47")
  void shouldNotRetryWhenTheAnswerHadStarted() {
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE,
        cloud.answered(Response.json(200, SUCCESS).cutBodyAfter(10, Ending.RESET)));
    assertEquals(1, cloud.requests());
  }

  @Test
  @Tag("F47")
  void shouldNotRetryWhenTheDeadlineHasPassed() {
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE, cloud.answeredWithinShortTimeout(Response.hang()));
    assertEquals(1, cloud.requests());
  }

  @Test
  void shouldBeUnavailableWhenClosed() {
    cloud.client.close();

    assertFalse(cloud.answered(Response.json(200, SUCCESS)) instanceof Found);
  }
}
