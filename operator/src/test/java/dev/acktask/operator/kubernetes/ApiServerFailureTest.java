package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.kubernetes.ApiServerFailure.Kind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiServerFailureTest {
  @ParameterizedTest
  @CsvSource({
    "101,",
    "200,application/json",
    "200,application/json;charset=utf-8",
    "201,application/json",
    "200,application/vnd.kubernetes.protobuf",
    "403,application/json",
    "404,application/json",
    "409,application/json",
    "410,application/json",
    "422,application/json",
    "403,"
  })
  void shouldFindNoFailureWhenTheApiServerAnswers(int code, @Nullable String type) {
    assertEquals(Optional.empty(), ApiServerFailure.ofResponse(code, type));
  }

  @ParameterizedTest
  @CsvSource({
    "200,text/html",
    "302,text/html",
    "302,application/json",
    "307,",
    "403,text/html",
    "404,text/html",
    "407,",
    "502,text/html",
    "502,text/plain",
    "503,text/html",
    "400,text/plain",
    "502,"
  })
  void shouldDetectThatSomethingElseAnswers(int code, @Nullable String type) {
    assertEquals(Optional.of(Kind.REPLACED), kind(code, type));
  }

  /** The API server answers an unknown path in plain text, without a Status object. */
  @Test
  @Tag("F60")
  void shouldDetectThatTheKindIsNotServed() {
    assertEquals(Optional.of(Kind.UNKNOWN_KIND), kind(404, "text/plain; charset=utf-8"));
  }

  @ParameterizedTest
  @CsvSource({
    "429,text/plain",
    "429,application/json",
    "500,application/json",
    "503,text/plain",
    "503,",
    "504,application/json"
  })
  void shouldDetectThatTheApiServerIsUnavailable(int code, @Nullable String type) {
    assertEquals(Optional.of(Kind.UNAVAILABLE), kind(code, type));
  }

  @Test
  void shouldQuoteOnlyAValidMediaTypeOfAnAnswer() {
    String hostile = "text/html<script>\n" + "x".repeat(10_000);

    assertEquals("HTTP 502", ApiServerFailure.ofResponse(502, hostile).orElseThrow().detail());
  }

  @Test
  void shouldDistinguishAnUntrustedServerFromAnUnreachableOne() {
    assertEquals(Kind.UNTRUSTED, kind(new CompletionException(wrapped(untrusted()))));
    assertEquals(Kind.UNREACHABLE, kind(wrapped(new ConnectException("refused"))));
    assertEquals(Kind.UNREACHABLE, kind(wrapped(new HttpConnectTimeoutException("late"))));
    assertEquals(Kind.UNREACHABLE, kind(wrapped(new IOException("reset"))));
    assertEquals(Kind.NO_ANSWER, kind(wrapped(new HttpTimeoutException("late"))));
    assertEquals(Kind.REPLACED, kind(wrapped(new SSLException("Unsupported SSL message"))));
  }

  @ParameterizedTest
  @CsvSource({
    "401,UNAUTHORIZED",
    "403,FORBIDDEN",
    "404,UNKNOWN_KIND",
    "503,UNAVAILABLE",
    "302,REPLACED"
  })
  void shouldClassifyARefusalByItsCode(int code, Kind kind) {
    assertEquals(kind, kind(new KubernetesClientException("refused", code, null)));
  }

  @Test
  void shouldTerminateWhenTheCausesFormACycle() {
    Exception a = new Exception("a");
    Exception b = new Exception("b", a);
    a.initCause(b);
    assertEquals(Kind.UNREACHABLE, kind(a));
  }

  private static Optional<Kind> kind(int code, @Nullable String type) {
    return ApiServerFailure.ofResponse(code, type).map(ApiServerFailure::kind);
  }

  private static Kind kind(Throwable failure) {
    return ApiServerFailure.of(failure).kind();
  }

  private static IOException untrusted() {
    IOException untrusted = new SSLHandshakeException("PKIX path building failed");
    untrusted.initCause(new CertPathBuilderException("no path"));
    return untrusted;
  }

  private static KubernetesClientException wrapped(Throwable cause) {
    return new KubernetesClientException("An error has occurred.", cause);
  }
}
