package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.acktask.operator.alibaba.AddressPolicy;
import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.Certificates;
import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.proxy.ConnectProxy;
import dev.acktask.operator.proxy.ProxyPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** STS through an HTTP proxy, with TLS from end to end. */
final class OidcRoleProxyTest {
  private static final String SESSION =
      """
      {"Credentials":{"AccessKeyId":"STS.exampleId","AccessKeySecret":"CANARYsecret",
        "SecurityToken":"CANARYtoken","Expiration":"2026-01-02T04:04:05Z"}}
      """;

  @Test
  @Tag("F52")
  void shouldGetASessionThroughAnAuthenticatingProxy(@TempDir Path folder) throws Exception {
    // given
    Certificates certificates = new Certificates(folder);
    HttpsServer sts =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.setHttpsConfigurator(new HttpsConfigurator(certificates.good()));
    sts.createContext(
        "/",
        exchange -> {
          byte[] body = SESSION.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    sts.start();
    // printf 'user:CANARYpass' | base64
    SSLContext trust = certificates.client();
    try (ConnectProxy proxy = new ConnectProxy().asking("Basic dXNlcjpDQU5BUllwYXNz");
        CloudTransport transport =
            new CloudTransport(
                Duration.ofSeconds(60), Answer.MAX_BYTES, () -> trust, through(proxy))) {
      String host = "cloud.test:" + sts.getAddress().getPort();
      Path token = Files.writeString(folder.resolve("token"), "header.CANARY.signature");
      OidcRole role =
          new OidcRole(
              "acs:ram::1:role/r", "acs:ram::1:oidc-provider/p", new TokenFile(token), "session");

      // when
      StsResponse response =
          role.requestSession(
              new StsClient(
                  transport,
                  new Endpoint(URI.create("https://" + host), AddressPolicy.PUBLIC),
                  () -> Instant.parse("2026-01-02T03:04:05Z"),
                  () -> "n"));

      // then
      StsResponse.Issued issued = assertInstanceOf(StsResponse.Issued.class, response);
      assertEquals("STS.exampleId", issued.session().credential().accessKeyId());
      String head = proxy.heads().getLast();
      assertTrue(head.startsWith("CONNECT " + host), head);
    } finally {
      sts.stop(0);
    }
  }

  private static ProxyPolicy through(ConnectProxy proxy) {
    Map<String, String> environment =
        Map.of("HTTPS_PROXY", "http://user:CANARYpass@127.0.0.1:" + proxy.port());
    return assertValid(ProxyPolicy.parse(environment));
  }
}
