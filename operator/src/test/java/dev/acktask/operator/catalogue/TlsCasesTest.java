package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.CloudClient;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault catalogue F48: no answer without a trusted connection, and no switch to do without. */
final class TlsCasesTest {
  private static Certificates certificates;
  private static SSLContext trust;
  private static SSLContext good;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    certificates = new Certificates(directory);
    trust = certificates.client();
    good = certificates.good();
  }

  @Test
  void f48ShouldFindTheTaskWhenTheServerIsTrusted() throws Exception {
    assertTrue(lookup(good, trust) instanceof Found);
  }

  @Test
  void f48ShouldHoldWhenTheCertificateIsExpired() throws Exception {
    Seen.unavailable(Failure.TLS_ERROR, lookup(certificates.expired(), trust));
  }

  @Test
  void f48ShouldHoldWhenTheCertificateIsNotYetValid() throws Exception {
    Seen.unavailable(Failure.TLS_ERROR, lookup(certificates.notYetValid(), trust));
  }

  @Test
  void f48ShouldHoldWhenTheCertificateIsForAnotherHost() throws Exception {
    Seen.unavailable(Failure.TLS_ERROR, lookup(certificates.forAnotherHost(), trust));
  }

  @Test
  void f48ShouldHoldWhenTheCertificateIsSelfSigned() throws Exception {
    Seen.unavailable(Failure.TLS_ERROR, lookup(certificates.selfSigned(), trust));
  }

  @Test
  void f48ShouldHoldWhenTheAuthorityIsUnknown() throws Exception {
    Seen.unavailable(Failure.TLS_ERROR, lookup(good, SSLContext.getDefault()));
  }

  @Test
  void f48ShouldHoldWhenTheServerSpeaksTls10() throws Exception {
    // A record with a ServerHello of TLS 1.0: version 3.1, random, no session, AES-128-SHA.
    String hello = "0301" + "00".repeat(32) + "00" + "002f" + "00";
    byte[] record = HexFormat.of().parseHex("160301002a" + "02000026" + hello);

    Seen.unavailable(Failure.TLS_ERROR, lookupFromRawServer(record));
  }

  @Test
  void f48ShouldHoldWhenTheServerSendsAnAlert() throws Exception {
    Seen.unavailable(
        Failure.TLS_ERROR, lookupFromRawServer(HexFormat.of().parseHex("15030300020228")));
  }

  @Test
  void f48ShouldHoldWhenTheServerSpeaksPlainHttp() throws Exception {
    byte[] answer =
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    Seen.unavailable(Failure.TLS_ERROR, lookupFromRawServer(answer));
  }

  @Test
  void f48ShouldHoldWhenTheServerSpeaksTlsOnThePlainPort() throws Exception {
    try (Simulator cloud = cloud(good);
        CloudClient client = CloudClient.of("http://127.0.0.1:" + cloud.port()).build()) {
      assertTrue(client.describe(SampleTask.ID) instanceof TaskLookup.Unavailable);
    }
  }

  private static TaskLookup lookup(SSLContext server, SSLContext clientTrust) throws Exception {
    try (Simulator cloud = cloud(server);
        CloudClient client = CloudClient.of(cloud.endpoint()).trusting(clientTrust).build()) {
      return client.describe(SampleTask.ID);
    }
  }

  private static Simulator cloud(SSLContext server) throws IOException {
    Simulator cloud =
        Simulator.builder()
            .credential(CloudClient.ACCESS_KEY_ID, CloudClient.SECRET)
            .tls(server)
            .start();
    cloud.answers(SampleTask.ID, Reply.json(200, SampleTask.inState("success")));
    return cloud;
  }

  private static TaskLookup lookupFromRawServer(byte[] answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.ofVirtual().start(() -> answerAll(server, answer));
      try (CloudClient client =
          CloudClient.of("https://127.0.0.1:" + server.getLocalPort()).trusting(trust).build()) {
        return client.describe(SampleTask.ID);
      } finally {
        answering.interrupt();
      }
    }
  }

  private static void answerAll(ServerSocket server, byte[] answer) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[4096]);
        socket.getOutputStream().write(answer);
        socket.getOutputStream().flush();
        socket.getInputStream().readAllBytes();
      } catch (IOException e) {
        // The client hung up, or the test is over.
      }
    }
  }
}
