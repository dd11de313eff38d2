package dev.acktask.operator.alibaba;

import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.proxy.ConnectProxy;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.response.Header;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fault catalogue F52: the ACK API through an HTTP proxy, with TLS from end to end. */
final class AlibabaTaskClientProxyTest {
  // printf 'user:CANARYpass' | base64
  private static final String BASIC = "Basic dXNlcjpDQU5BUllwYXNz";

  private static SSLContext trust;
  private static SSLContext good;
  private static SSLContext otherHost;
  private ConnectProxy proxy;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    Certificates certificates = new Certificates(directory);
    trust = certificates.client();
    good = certificates.good();
    otherHost = certificates.forAnotherHost();
  }

  @BeforeEach
  void start() throws IOException {
    proxy = new ConnectProxy();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  @Test
  @Tag("F52")
  void shouldFindTheTaskThroughAnAuthenticatingProxy() throws Exception {
    proxy.asking(BASIC);
    try (Simulator cloud = SimulatedCloud.successOver(good)) {
      assertInstanceOf(Found.class, lookup(cloud, "user:CANARYpass@"));

      String head = proxy.heads().getFirst();
      String target = "cloud.test:" + cloud.port();
      assertTrue(head.startsWith("CONNECT " + target + " HTTP/1.1\r\nhost: " + target), head);
      assertEquals(List.of("cloud.test:" + cloud.port()), hosts(cloud));
      // Neither request contains the credentials of the other one.
      assertFalse(head.contains("authorization: ACS3"), head);
      assertFalse(cloud.served().getFirst().headers().toString().contains("dXNlcjpD"));
    }
  }

  @Test
  @Tag("F52")
  void shouldReuseATunnelForTheNextRequest() throws Exception {
    try (Simulator cloud = SimulatedCloud.successOver(good);
        CloudClient client = client(cloud, "")) {
      client.describe(SampleTask.ID);
      client.describe(SampleTask.ID);
    }
    assertEquals(1, proxy.heads().size());
  }

  @Test
  @Tag("F52")
  void shouldHoldAndNameTheProxyWhenCredentialsAreMissing() throws Exception {
    proxy.asking(BASIC);
    try (Simulator cloud = SimulatedCloud.successOver(good)) {
      String message = assertHeld(lookup(cloud, "user:CANARYwrong@"));

      assertTrue(message.contains("http://***@proxy.test:" + proxy.port()), message);
      assertTrue(message.contains("407"), message);
      assertFalse(message.contains("CANARY"), message);
      assertEquals(List.of(), cloud.served());
    }
  }

  @ParameterizedTest
  @Tag("F52")
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 403 Forbidden\\r\\ncontent-length: 0\\r\\n\\r\\n|HTTP 403",
        "HTTP/1.1 502 Bad Gateway\\r\\ncontent-length: 2\\r\\n\\r\\n{}|HTTP 502",
        "HTTP/1.0 503 Busy\\r\\n\\r\\n|HTTP 503",
        "HTTP/1.1 302 Found\\r\\nlocation: http://x.test/\\r\\n\\r\\n|HTTP 302",
        "SSH-2.0-x\\r\\n|gives no connection as an HTTP proxy does",
        "HTTP/1.1 200 OK\\r\\n\\r\\nearly|gives no connection as an HTTP proxy does"
      })
  void shouldHoldWhenTheProxyRefusesTheTunnel(String bytes, String expected) throws Exception {
    proxy.answering(bytes.replace("\\r\\n", "\r\n"));
    try (Simulator cloud = SimulatedCloud.successOver(good)) {
      String message = assertHeld(lookup(cloud, ""));

      assertTrue(message.contains(expected), message);
      assertEquals(List.of(), cloud.served());
    }
  }

  @Test
  @Tag("F52")
  void shouldHoldWhenTheProxyAnswersInPlaceOfTheCloud() throws Exception {
    String body = SampleTask.inState("success");
    proxy.answering("HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
    try (Simulator cloud = SimulatedCloud.successOver(good)) {
      assertHeld(lookup(cloud, ""));
    }
  }

  @Test
  @Tag("F52")
  void shouldCheckTheCertificateOfTheDestination() throws Exception {
    try (Simulator cloud = SimulatedCloud.successOver(otherHost)) {
      LookupAssertions.unavailable(Failure.TLS_ERROR, lookup(cloud, ""));
    }
  }

  @Test
  @Tag("F52")
  void shouldHoldWhenTheProxyIsDown() throws Exception {
    int port = proxy.port();
    proxy.close();
    try (Simulator cloud = SimulatedCloud.successOver(good)) {
      String message = assertHeld(lookup(cloud, ""));

      assertTrue(message.contains("No connection to the proxy http://proxy.test:" + port), message);
    }
  }

  @Test
  @Tag("F52")
  void shouldSignAndSendTheHostWithoutItsTrailingDot() throws Exception {
    try (Simulator cloud = SimulatedCloud.successOver(good);
        CloudClient client = client("https://cloud.test.:" + cloud.port(), "")) {
      assertInstanceOf(Found.class, client.describe(SampleTask.ID));
      assertEquals(List.of("cloud.test:" + cloud.port()), hosts(cloud));
    }
  }

  @Test
  @Tag("F52")
  void shouldConnectDirectlyWhenTheEndpointIsExcluded() throws Exception {
    try (Simulator cloud = SimulatedCloud.successOver(good);
        CloudClient client =
            CloudClient.of("https://cloud.test:" + cloud.port())
                .trusting(trust)
                .checkingAddresses(
                    AddressPolicy.ANY, host -> new InetAddress[] {InetAddress.getLoopbackAddress()})
                .through(
                    policy(
                        Map.of(
                            "HTTPS_PROXY",
                            "http://proxy.test:" + proxy.port(),
                            "NO_PROXY",
                            "cloud.test")))
                .build()) {
      assertInstanceOf(Found.class, client.describe(SampleTask.ID));
    }
    assertEquals(List.of(), proxy.heads());
  }

  private TaskLookup lookup(Simulator cloud, String userInfo) throws IOException {
    try (CloudClient client = client(cloud, userInfo)) {
      return client.describe(SampleTask.ID);
    }
  }

  /** A client that can resolve only the proxy, as in a network without egress. */
  private CloudClient client(Simulator cloud, String userInfo) {
    return client("https://cloud.test:" + cloud.port(), userInfo);
  }

  private CloudClient client(String endpoint, String userInfo) {
    return CloudClient.of(endpoint)
        .trusting(trust)
        .checkingAddresses(
            AddressPolicy.PUBLIC,
            host -> {
              if (!host.equals("proxy.test")) {
                throw new UnknownHostException(host);
              }
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            })
        .through(policy(Map.of("HTTPS_PROXY", "http://" + userInfo + "proxy.test:" + proxy.port())))
        .build();
  }

  private static String assertHeld(TaskLookup lookup) {
    Unavailable unavailable = assertInstanceOf(Unavailable.class, lookup);
    assertEquals(Failure.API_UNAVAILABLE, unavailable.cause(), unavailable.message());
    return unavailable.message();
  }

  private static List<String> hosts(Simulator cloud) {
    return cloud.served().stream()
        .map(served -> Header.first(served.headers(), "host").orElseThrow())
        .toList();
  }

  private static ProxyPolicy policy(Map<String, String> environment) {
    return assertValid(ProxyPolicy.parse(environment));
  }
}
