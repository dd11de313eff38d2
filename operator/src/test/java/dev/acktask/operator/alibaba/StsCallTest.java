package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.credentials.exception.CredentialException;
import com.aliyun.credentials.http.CompatibleUrlConnClient;
import com.aliyun.credentials.http.HttpRequest;
import com.aliyun.credentials.http.MethodType;
import com.aliyun.credentials.models.CredentialModel;
import com.aliyun.credentials.provider.RefreshResult;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StsCallTest {
  private static final String ROLE = "acs:ram::1:role/r";

  @TempDir private Path directory;

  @Test
  void shouldGiveTheSessionThatStsIssued() {
    StsAnswer answer = new StsCall(exchange -> model("id", 1_767_323_045_000L), ROLE, null).get();

    StsAnswer.Issued issued = assertInstanceOf(StsAnswer.Issued.class, answer);
    assertEquals("id", issued.credential().accessKeyId());
    assertEquals(Instant.ofEpochMilli(1_767_323_045_000L), issued.expiration());
  }

  @Test
  void shouldNotAskStsWhenTheTokenFileIsAbsentOrEmpty() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty"));
    for (Path file : new Path[] {directory.resolve("absent"), empty, directory.resolve("no/dir")}) {
      StsAnswer answer =
          new StsCall(
                  exchange -> {
                    throw new AssertionError("asked");
                  },
                  ROLE,
                  file)
              .get();

      assertInstanceOf(CredentialLookup.Missing.class, reason(answer));
    }
  }

  @Test
  void shouldSayThatStsRefusedAndNameOnlyTheCode() throws IOException {
    StsAnswer answer =
        againstServer(403, "{\"Code\":\"AuthenticationFail.NoPermission\",\"Message\":\"CANARY\"}");

    CredentialLookup.Invalid invalid =
        assertInstanceOf(CredentialLookup.Invalid.class, reason(answer));
    assertTrue(invalid.message().contains(ROLE + " (AuthenticationFail.NoPermission, HTTP 403)"));
    assertFalse(invalid.message().contains("CANARY"));
  }

  @Test
  void shouldCallItMissingWhenStsItselfFails() throws IOException {
    assertInstanceOf(CredentialLookup.Missing.class, reason(againstServer(503, "<html>")));
  }

  @Test
  void shouldSayThatStsCouldNotBeReached() {
    StsAnswer answer =
        new StsCall(
                exchange -> {
                  throw new CredentialException("CANARY");
                },
                ROLE,
                null)
            .get();

    CredentialLookup.Missing missing =
        assertInstanceOf(CredentialLookup.Missing.class, reason(answer));
    assertTrue(missing.message().contains("could not be reached"));
    assertFalse(missing.message().contains("CANARY"));
  }

  @Test
  void shouldSayThatStsCouldNotBeReachedWhenNobodyListens() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    StsAnswer answer = new StsCall(exchange -> invoke(exchange, port), ROLE, null).get();

    assertTrue(reason(answer).toString().contains("could not be reached"), answer.toString());
  }

  @Test
  void shouldRefuseASessionThatCannotBeUsed() {
    assertInstanceOf(
        CredentialLookup.Invalid.class,
        reason(new StsCall(exchange -> model("a b", 1L), ROLE, null).get()));
  }

  private static StsAnswer againstServer(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          call.sendResponseHeaders(status, bytes.length);
          call.getResponseBody().write(bytes);
          call.close();
        });
    server.start();
    try {
      int port = server.getAddress().getPort();
      return new StsCall(exchange -> invoke(exchange, port), ROLE, null).get();
    } finally {
      server.stop(0);
    }
  }

  /** Fails as the library does, with the answer in the exception. */
  private static RefreshResult<CredentialModel> invoke(CompatibleUrlConnClient exchange, int port) {
    HttpRequest request = new HttpRequest();
    request.setSysMethod(MethodType.GET);
    request.setSysConnectTimeout(5_000);
    request.setSysReadTimeout(5_000);
    request.setSysUrl("http://127.0.0.1:" + port + "/");
    throw new CredentialException(exchange.syncInvoke(request).getHttpContentString());
  }

  private static RefreshResult<CredentialModel> model(String id, long expiration) {
    return RefreshResult.builder(
            CredentialModel.builder()
                .accessKeyId(id)
                .accessKeySecret("secret")
                .securityToken("token")
                .expiration(expiration)
                .build())
        .build();
  }

  private static CredentialLookup reason(StsAnswer answer) {
    return assertInstanceOf(StsAnswer.NotIssued.class, answer).reason();
  }
}
