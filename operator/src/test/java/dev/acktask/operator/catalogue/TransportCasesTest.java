package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.AddressRange;
import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.CloudClient;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.reply.Body;
import dev.acktask.simulator.reply.Delivery.Ending;
import dev.acktask.simulator.reply.Framing;
import dev.acktask.simulator.reply.Header;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B2, F29 and F43 to F52: connections, bytes and time. */
final class TransportCasesTest {
  private static final Duration BRIEF = Duration.ofMillis(400);
  private static final String SUCCESS = SampleTask.inState("success");

  private Simulator cloud;
  private CloudClient client;
  private CloudClient hasty;

  @BeforeEach
  void start() throws IOException {
    cloud = Simulator.builder().credential(CloudClient.ACCESS_KEY_ID, CloudClient.SECRET).start();
    client = CloudClient.of(cloud.endpoint()).build();
    hasty = CloudClient.of(cloud.endpoint()).timeout(BRIEF).build();
  }

  @AfterEach
  void stop() {
    client.close();
    hasty.close();
    cloud.close();
  }

  @Test
  void f29ShouldHangUpWhenTheBodyGrowsTooLarge() {
    Seen.unavailable(Failure.RESPONSE_TOO_LARGE, answered(Reply.endless(200_000_000L)));
    assertTrue(cloud.served().get(0).bytes() < 100_000_000L, "read on after the cap");
  }

  @Test
  void f29ShouldNotReadABodyThatIsDeclaredTooLarge() {
    Seen.unavailable(
        Failure.RESPONSE_TOO_LARGE,
        answered(Reply.json(200, SUCCESS).declaringLength(Answer.MAX_BYTES + 1L)));
  }

  @Test
  void f29ShouldNotUnpackAGzipBomb() {
    Seen.unavailable(Failure.RESPONSE_INVALID, answered(Reply.gzipBomb(10_000_000_000L)));
    Seen.unavailable(Failure.RESPONSE_INVALID, answered(Reply.json(200, SUCCESS).gzip()));
  }

  @Test
  void f43ShouldHoldWhenTheConnectionIsRefused() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (CloudClient refused = CloudClient.of("http://127.0.0.1:" + port).build()) {
      Seen.unavailable(Failure.API_UNAVAILABLE, refused.describe(SampleTask.ID));
    }
  }

  @Test
  void f43ShouldHoldWhenNobodyAnswersTheConnection() throws IOException {
    List<SocketChannel> queue = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 8; i++) {
        SocketChannel waiting = SocketChannel.open();
        queue.add(waiting);
        waiting.configureBlocking(false);
        waiting.connect(full.getLocalSocketAddress());
      }
      try (CloudClient blackHole =
          CloudClient.of("http://127.0.0.1:" + full.getLocalPort()).timeout(BRIEF).build()) {
        Seen.unavailable(Failure.API_UNAVAILABLE, blackHole.describe(SampleTask.ID));
      }
    } finally {
      for (SocketChannel waiting : queue) {
        waiting.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"CLOSE", "RESET"})
  void f44ShouldHoldWhenTheAnswerIsCutAnywhere(Ending ending) {
    Reply whole = Reply.json(200, SampleTask.minimal("success", ""));
    assertTrue(answered(whole) instanceof Found);
    long length = cloud.served().get(0).bytes();
    for (long bytes = 0; bytes < length; bytes++) {
      TaskLookup lookup = answered(whole.cutAfter(bytes, ending));

      Seen.unavailable(Failure.API_UNAVAILABLE, lookup);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1024})
  void f44ShouldHoldWhenAChunkIsCut(int chunk) {
    Reply whole = Reply.json(200, SampleTask.minimal("success", "")).chunked(chunk);
    assertTrue(answered(whole) instanceof Found);
    long length = cloud.served().get(0).bytes();
    for (long bytes = 1; bytes < length; bytes += 5) {
      Seen.unavailable(
          Failure.API_UNAVAILABLE, answered(whole.cutAfter(length - bytes, Ending.CLOSE)));
    }
  }

  @Test
  void f44ShouldHoldWhenTheLengthIsTooLongOrTooShort() {
    Reply reply = Reply.json(200, SUCCESS);
    int length = SUCCESS.getBytes(StandardCharsets.UTF_8).length;

    Seen.unavailable(
        Failure.API_UNAVAILABLE,
        answered(reply.declaringLength(length + 1L).deliver(d -> d.withEnding(Ending.CLOSE))));
    Seen.unavailable(
        Failure.RESPONSE_INVALID, answered(reply.declaringLength(SUCCESS.strip().length() - 1L)));
  }

  @Test
  void f44ShouldHoldWhenABodyWithoutLengthIsCut() {
    Reply whole = Reply.json(200, SUCCESS).deliver(d -> d.withFraming(new Framing.UntilClose()));
    assertTrue(answered(whole) instanceof Found);

    Seen.unavailable(
        Failure.RESPONSE_INVALID,
        answered(whole.cutBodyAfter(SUCCESS.strip().length() - 1L, Ending.CLOSE)));
  }

  @Test
  void f45ShouldEndWhenTheHeadersAreSlow() {
    cloud.answers(SampleTask.ID, Reply.json(200, SUCCESS).slow(1, 0));

    Seen.unavailable(Failure.API_UNAVAILABLE, hasty.describe(SampleTask.ID));
  }

  @Test
  void f45ShouldEndWhenTheBodyIsSlow() {
    cloud.answers(SampleTask.ID, Reply.json(200, SUCCESS).slow(0, 1));

    Seen.unavailable(Failure.API_UNAVAILABLE, hasty.describe(SampleTask.ID));
  }

  @Test
  void f45ShouldServeOthersWhile50AnswersAreSlow() throws Exception {
    cloud.answers("T-slow", Reply.json(200, SUCCESS).slow(0, 1));
    cloud.answers(SampleTask.ID, Reply.json(200, SUCCESS));
    CountDownLatch done = new CountDownLatch(50);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> slow = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        slow.add(
            callers.submit(
                () -> {
                  client.describe("T-slow");
                  done.countDown();
                }));
      }
      Awaitility.await().until(() -> cloud.callCount("T-slow") == 50);
      assertEquals("success", Seen.task(client.describe(SampleTask.ID)).state());
      assertEquals(50, done.getCount());
      slow.forEach(call -> call.cancel(true));
      assertTrue(done.await(30, TimeUnit.SECONDS), "interrupted calls did not end");
    }
  }

  @Test
  void f46ShouldDiscardAnAnswerThatComesLate() {
    cloud.answers(
        SampleTask.ID,
        Reply.json(200, SUCCESS).delayed(BRIEF.multipliedBy(2)),
        Reply.json(200, SampleTask.inState("failed")));

    Seen.unavailable(Failure.API_UNAVAILABLE, hasty.describe(SampleTask.ID));
    assertEquals("failed", Seen.task(hasty.describe(SampleTask.ID)).state());
  }

  @Test
  void f46ShouldWaitForAnAnswerThatComesInTime() {
    assertTrue(answered(Reply.json(200, SUCCESS).delayed(Duration.ofMillis(100))) instanceof Found);
  }

  @Test
  void f46ShouldKeepTheInterruptWhenInterrupted() {
    Thread.currentThread().interrupt();

    Seen.unavailable(Failure.API_UNAVAILABLE, answered(Reply.hang()));
    assertTrue(Thread.interrupted());
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"CLOSE", "RESET"})
  void f47ShouldNotNoticeWhenAnIdleConnectionWasClosed(Ending ending) {
    Reply thenGone = Reply.json(200, SUCCESS).deliver(d -> d.withEnding(ending));
    for (int poll = 0; poll < 20; poll++) {
      assertTrue(answered(thenGone) instanceof Found);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Ending.class,
      names = {"CLOSE", "RESET"})
  void f47ShouldAskOnceMoreWithANewNonceWhenTheConnectionDies(Ending ending) {
    assertTrue(
        answered(Reply.of(0).cutAfter(0, ending), Reply.json(200, SUCCESS)) instanceof Found);

    assertEquals(
        2,
        cloud.served().stream()
            .map(served -> Header.first(served.headers(), "x-acs-signature-nonce").orElseThrow())
            .distinct()
            .count());
  }

  @Test
  void f47ShouldGiveUpWhenTheConnectionDiesAgain() {
    Seen.unavailable(Failure.API_UNAVAILABLE, answered(Reply.reset()));
    assertEquals(2, cloud.served().size());
  }

  @Test
  void f47ShouldNotAskAgainWhenTheAnswerHadBegun() {
    Seen.unavailable(
        Failure.API_UNAVAILABLE, answered(Reply.json(200, SUCCESS).cutBodyAfter(10, Ending.RESET)));
    assertEquals(1, cloud.served().size());
  }

  @Test
  void f47ShouldNotAskAgainWhenTheTimeIsUp() {
    cloud.answers(SampleTask.ID, Reply.hang());

    Seen.unavailable(Failure.API_UNAVAILABLE, hasty.describe(SampleTask.ID));
    assertEquals(1, cloud.served().size());
  }

  @Test
  void f49ShouldHoldWhenTheNameIsUnknown() throws IOException {
    try (CloudClient unknown =
        CloudClient.of(cloud.endpoint())
            .checkingAddresses(
                AddressRange.PUBLIC,
                host -> {
                  throw new UnknownHostException(host);
                })
            .build()) {
      Seen.unavailable(Failure.API_UNAVAILABLE, unknown.describe(SampleTask.ID));
    }
  }

  @Test
  void f49ShouldEndWhenDnsDoesNotAnswer() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (CloudClient unanswered =
        CloudClient.of(cloud.endpoint())
            .timeout(BRIEF)
            .checkingAddresses(
                AddressRange.PUBLIC,
                host -> {
                  awaitQuietly(never);
                  return new InetAddress[0];
                })
            .build()) {
      Seen.unavailable(Failure.API_UNAVAILABLE, unanswered.describe(SampleTask.ID));
    } finally {
      never.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "fd00::1", "100.100.100.200"})
  void f49ShouldSendNothingWhenOneAddressIsNotAllowed(String address) throws IOException {
    try (CloudClient checked =
        CloudClient.of(cloud.endpoint())
            .checkingAddresses(
                AddressRange.PUBLIC,
                host ->
                    new InetAddress[] {
                      InetAddress.getByName("47.97.242.1"), InetAddress.getByName(address)
                    })
            .build()) {
      Seen.unavailable(Failure.API_UNAVAILABLE, checked.describe(SampleTask.ID));
    }
    assertEquals(List.of(), cloud.served());
  }

  @Test
  void f50ShouldHoldWhenTheHeadersAreHuge() {
    Seen.unavailable(
        Failure.RESPONSE_INVALID, answered(Reply.json(200, SUCCESS).headerFlood(16, 65_536)));
  }

  @Test
  void f50ShouldReadAThousandSmallHeaders() {
    assertTrue(answered(Reply.json(200, SUCCESS).headerFlood(1_000, 10)) instanceof Found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "{\"state\":\"success\"}\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000"
      })
  void f50ShouldHoldWhenTheServerDoesNotSpeakHttp(String bytes) {
    TaskLookup lookup = answered(Reply.raw(bytes.getBytes(StandardCharsets.ISO_8859_1)));

    assertTrue(lookup instanceof TaskLookup.Unavailable, lookup.toString());
  }

  @Test
  void f51ShouldHoldWhenTheAnswerIsThatOfAnotherRequest() {
    Seen.unavailable(
        Failure.TASK_ID_MISMATCH,
        answered(Reply.json(200, SUCCESS.replace(SampleTask.ID, "T-other"))));
  }

  @Test
  void f51ShouldNotReadTheRestOfOneAnswerAsTheNext() {
    String smuggled =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(SUCCESS.getBytes(StandardCharsets.UTF_8).length, SUCCESS);
    String running = SampleTask.inState("running");
    Reply two =
        Reply.json(200, "")
            .body(Body.of(running + smuggled))
            .declaringLength(running.getBytes(StandardCharsets.UTF_8).length);

    assertEquals("running", Seen.task(answered(two)).state());
    assertEquals(
        "failed", Seen.task(answered(Reply.json(200, SampleTask.inState("failed")))).state());
  }

  @Test
  void f52ShouldIgnoreProxySettings() {
    List<String> names = List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");
    names.forEach(name -> System.setProperty(name, "proxy.invalid"));
    try (CloudClient direct = CloudClient.of(cloud.endpoint()).build()) {
      cloud.answers(SampleTask.ID, Reply.json(200, SUCCESS));

      assertTrue(direct.describe(SampleTask.ID) instanceof Found);
    } finally {
      names.forEach(System::clearProperty);
    }
  }

  @Test
  void shouldBeUnavailableWhenClosed() {
    client.close();

    assertFalse(answered(Reply.json(200, SUCCESS)) instanceof Found);
  }

  private TaskLookup answered(Reply first, Reply... more) {
    cloud.clear();
    cloud.answers(SampleTask.ID, first, more);
    return client.describe(SampleTask.ID);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
