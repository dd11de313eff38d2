package dev.acktask.operator.alibaba;

import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.text.Parsed;
import dev.acktask.operator.tls.TrustedAuthorities;
import dev.acktask.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault catalogue F48: an answer counts only over a trusted connection, and no setting disables the
 * check.
 */
final class AlibabaTaskClientTlsTest {
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
  @Tag("F48")
  void shouldFindTheTaskWhenTheServerIsTrusted() throws Exception {
    assertTrue(lookup(good, trust) instanceof Found);
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheCertificateIsExpired() throws Exception {
    assertFails("is expired or not valid yet", lookup(certificates.expired(), trust));
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheCertificateIsNotYetValid() throws Exception {
    assertFails("is expired or not valid yet", lookup(certificates.notYetValid(), trust));
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheCertificateIsForAnotherHost() throws Exception {
    assertFails("is for another host", lookup(certificates.forAnotherHost(), trust));
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheCertificateIsSelfSigned() throws Exception {
    assertFails("authority that is not trusted", lookup(certificates.selfSigned(), trust));
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheAuthorityIsUnknown() throws Exception {
    assertFails("into ACKTASK_CA_BUNDLE", lookup(good, SSLContext.getDefault()));
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheServerSpeaksTls10() throws Exception {
    // A record with a ServerHello of TLS 1.0: version 3.1, random, no session, AES-128-SHA.
    String hello = "0301" + "00".repeat(32) + "00" + "002f" + "00";
    byte[] record = HexFormat.of().parseHex("160301002a" + "02000026" + hello);

    assertFails("TLS (1.2 or newer)", lookupFromRawServer(record));
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheServerSendsAnAlert() throws Exception {
    assertFails(
        "TLS (1.2 or newer)", lookupFromRawServer(HexFormat.of().parseHex("15030300020228")));
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheServerSpeaksPlainHttp() throws Exception {
    byte[] answer =
        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    assertFails("in plain text", lookupFromRawServer(answer));
  }

  @Test
  @Tag("F48")
  void shouldHoldWhenTheServerSpeaksTlsOnThePlainPort() throws Exception {
    try (Simulator cloud = SimulatedCloud.successOver(good);
        CloudClient client = CloudClient.of("http://127.0.0.1:" + cloud.port()).build()) {
      assertTrue(client.describe(SampleTask.ID) instanceof TaskLookup.Unavailable);
    }
  }

  @Test
  @Tag("F48")
  void shouldTrustABundleBesidesTheAuthoritiesOfTheJdk(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), certificates.authorityPem());
    Parsed<TrustedAuthorities> parsed =
        TrustedAuthorities.parse(
            Map.of("ACKTASK_CA_BUNDLE", file.toString()), InstantSource.system());
    TrustedAuthorities bundle = assertValid(parsed);

    try (Simulator cloud = SimulatedCloud.successOver(good);
        CloudClient client = CloudClient.of(cloud.endpoint()).trusting(bundle).build()) {
      assertInstanceOf(Found.class, client.describe(SampleTask.ID));
    }
    try (Simulator cloud = SimulatedCloud.successOver(new Certificates(folder).good());
        CloudClient client = CloudClient.of(cloud.endpoint()).trusting(bundle).build()) {
      assertFails("authority that is not trusted", client.describe(SampleTask.ID));
    }
  }

  private static void assertFails(String expected, TaskLookup lookup) {
    LookupAssertions.unavailable(Failure.TLS_ERROR, lookup);
    String message = ((TaskLookup.Unavailable) lookup).message();
    assertTrue(message.contains(expected), message);
  }

  private static TaskLookup lookup(SSLContext server, SSLContext clientTrust) throws Exception {
    try (Simulator cloud = SimulatedCloud.successOver(server);
        CloudClient client = CloudClient.of(cloud.endpoint()).trusting(clientTrust).build()) {
      return client.describe(SampleTask.ID);
    }
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
        // The client closed the connection, or the test is over.
      }
    }
  }
}
