package dev.acktask.operator.alibaba.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.acktask.operator.alibaba.AddressPolicy;
import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.TransportError;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.tls.TrustedAuthorities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One session of a role for the OIDC token of a ServiceAccount, as STS issues it. */
final class OidcRoleTest {
  private static final String SESSION =
      """
      {"RequestId":"6894B13B-6D71-4EF5-88FA-F32781734A7F",
       "OIDCTokenInfo":{"Subject":"system:serviceaccount:a:b","Issuer":"https://oidc.example"},
       "AssumedRoleUser":{"Arn":"acs:ram::1:role/r/acktask-operator","AssumedRoleId":"33157794895460:acktask-operator"},
       "Credentials":{"AccessKeyId":"STS.exampleId","AccessKeySecret":"CANARYsecret",
        "SecurityToken":"CANARYtoken","Expiration":"2026-01-02T04:04:05Z"}}
      """;

  @TempDir private Path folder;

  private HttpServer sts;
  private CloudTransport transport;
  private Path tokenFile;
  private OidcRole role;
  private int status = 200;
  private String answer = SESSION;
  private String method = "";
  private String query = "";
  private final Map<String, String> form = new TreeMap<>();

  @BeforeEach
  void start() throws IOException {
    sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext(
        "/",
        exchange -> {
          method = exchange.getRequestMethod();
          query = exchange.getRequestURI().getRawQuery();
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          for (String field : body.split("&", -1)) {
            String[] pair = field.split("=", 2);
            form.put(pair[0], URLDecoder.decode(pair[1], UTF_8));
          }
          byte[] bytes = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    sts.start();
    transport =
        new CloudTransport(
            Duration.ofSeconds(20),
            Answer.MAX_BYTES,
            TrustedAuthorities.ofJdk()::context,
            ProxyPolicy.DIRECT);
    tokenFile = Files.writeString(folder.resolve("token"), "header.CANARY+/=.signature\n");
    role =
        new OidcRole(
            "acs:ram::1:role/r", "acs:ram::1:oidc-provider/p", new TokenFile(tokenFile), "session");
  }

  @AfterEach
  void stop() {
    transport.close();
    sts.stop(0);
  }

  @Test
  void shouldSendTheTokenInTheBodyAndReturnTheSession() {
    // when
    StsResponse.Issued issued = assertInstanceOf(StsResponse.Issued.class, requestSession());

    // then
    assertEquals("POST", method);
    assertEquals(
        "Action=AssumeRoleWithOIDC&Format=JSON&Version=2015-04-01"
            + "&Timestamp=2026-01-02T03%3A04%3A05Z&SignatureNonce=n",
        query);
    assertEquals(
        Map.of(
            "DurationSeconds", "3600",
            "OIDCProviderArn", "acs:ram::1:oidc-provider/p",
            "OIDCToken", "header.CANARY+/=.signature",
            "RoleArn", "acs:ram::1:role/r",
            "RoleSessionName", "session"),
        form);
    assertEquals("STS.exampleId", issued.session().credential().accessKeyId());
    assertEquals("CANARYsecret", issued.session().credential().accessKeySecret());
    assertEquals("CANARYtoken", issued.session().credential().securityToken());
    assertEquals(Instant.parse("2026-01-02T04:04:05Z"), issued.expiration());
    assertEquals(Optional.of("1"), issued.account());
    assertFalse(issued.toString().contains("CANARY"), issued::toString);
  }

  @Test
  void shouldReportOnlyTheErrorCodeOfTheAnswer() {
    status = 400;
    answer =
        "{\"RequestId\":\"1\",\"HostId\":\"h\",\"Code\":\"AuthenticationFail.OIDCToken.Expired\","
            + "\"Message\":\"CANARY\"}";

    String reason = refused();

    assertTrue(reason.contains("the error AuthenticationFail.OIDCToken.Expired."), reason);
    assertTrue(reason.contains("trust policy"), reason);
    assertFalse(reason.contains("CANARY"), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>CANARY</html>",
        "[]",
        "{",
        "{}",
        "{\"Code\":\"CANARY \\u0007\"}",
        "{\"Credentials\":[]}",
        "{\"Credentials\":{\"AccessKeyId\":\"CANARY\",\"AccessKeySecret\":\"s\","
            + "\"Expiration\":\"2026-01-02T04:04:05Z\"}}",
        "{\"Credentials\":{\"AccessKeyId\":\"CANARY\",\"AccessKeySecret\":\"s\","
            + "\"SecurityToken\":\"t\",\"Expiration\":\"soon\"}}",
        "{\"Credentials\":{\"AccessKeyId\":\"a b\",\"AccessKeySecret\":\"s\","
            + "\"SecurityToken\":\"t\",\"Expiration\":\"2026-01-02T04:04:05Z\"}}",
      })
  void shouldRefuseAnAnswerWithoutAValidSession(String body) {
    answer = body;

    String reason = unavailable(Failure.RESPONSE_INVALID);

    assertTrue(reason.contains("(HTTP status 200) is not one of STS"), reason);
    assertFalse(reason.contains("CANARY"), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "302, RESPONSE_INVALID",
    "400, RESPONSE_INVALID",
    "403, RESPONSE_INVALID",
    "500, API_UNAVAILABLE",
    "502, API_UNAVAILABLE"
  })
  void shouldRefuseASessionWhenTheStatusIsNot200(int other, Failure cause) {
    status = other;

    assertTrue(unavailable(cause).contains("HTTP status " + other));
  }

  @ParameterizedTest
  @CsvSource({
    "429, Throttling.User",
    "400, Throttling",
    "503, ServiceUnavailable",
    "500, InternalError",
    "504, AuthenticationFail.NoPermission"
  })
  void shouldNotTakeAnOutageForARefusal(int other, String code) {
    status = other;
    answer = "{\"Code\":\"" + code + "\"}";

    assertTrue(unavailable(Failure.API_UNAVAILABLE).contains("the error " + code + "."));
  }

  @ParameterizedTest
  @CsvSource({"404, InvalidAccessKeyId.NotFound", "400, InvalidSecurityToken.Expired"})
  void shouldSeparateARefusedKeyFromARefusedRole(int other, String code) {
    status = other;
    answer = "{\"Code\":\"" + code + "\"}";

    StsResponse.KeyRefused refused =
        assertInstanceOf(StsResponse.KeyRefused.class, requestSession());

    assertTrue(refused.reason().contains("the error " + code + "."), refused.reason());
  }

  @Test
  void shouldReportThatStsIsUnreachable() {
    sts.stop(0);

    assertEquals(TransportError.NOT_CONNECTED.message(), unavailable(Failure.API_UNAVAILABLE));
  }

  @Test
  @Tag("F97")
  void shouldNameTheTokenFileWhenItIsAbsentOrEmpty() throws IOException {
    // when
    Files.writeString(tokenFile, "\n");

    // then
    assertTrue(noToken().contains(tokenFile + " is empty"));

    // when
    Files.writeString(tokenFile, "x".repeat(20_001));

    // then
    assertTrue(noToken().contains(tokenFile + " is empty or holds more than one"));

    // when
    Files.delete(tokenFile);

    // then
    assertTrue(noToken().contains(tokenFile + " cannot be read"));
    assertEquals("", method, "a request without a token");
  }

  private StsResponse requestSession() {
    Endpoint endpoint =
        new Endpoint(
            URI.create("http://127.0.0.1:" + sts.getAddress().getPort()), AddressPolicy.ANY);
    return role.requestSession(
        new StsClient(
            transport, endpoint, () -> Instant.parse("2026-01-02T03:04:05.678Z"), () -> "n"));
  }

  private String refused() {
    return assertInstanceOf(StsResponse.Refused.class, requestSession()).reason();
  }

  private String noToken() {
    return assertInstanceOf(StsResponse.NoToken.class, requestSession()).reason();
  }

  private String unavailable(Failure cause) {
    StsResponse.Unavailable outage =
        assertInstanceOf(StsResponse.Unavailable.class, requestSession());
    assertEquals(cause, outage.cause());
    return outage.reason();
  }
}
