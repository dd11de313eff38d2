package dev.acktask.simulator.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.response.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fixed vectors, and each reason to refuse a request. */
class SignatureCheckTest {
  private static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String SIGNED =
      "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
  private static final String V2 =
      "7857ccf2d28e75548dc962ce31428ee25f86183495348d813af714c41679b66f";
  private static final String TASK = "/tasks/T-5faa48fb31b6b8078d000006";
  private static final Instant DATE = Instant.parse("2026-01-02T03:04:05Z");

  private static final Caller CALLER =
      new Caller("1000000000000001", Optional.empty(), Operation.permissible());

  private final Map<String, SigningKey> keys = new HashMap<>();
  private final SignatureCheck check = at(DATE);

  SignatureCheckTest() {
    accept(Credential.of("testAK", "testSK"));
  }

  private SignatureCheck at(Instant now) {
    return new SignatureCheck(
        id -> Optional.ofNullable(keys.get(id)),
        InstantSource.fixed(now),
        SignatureCheck.DEFAULT_DATE_WINDOW);
  }

  private void accept(Credential... credentials) {
    keys.clear();
    for (Credential credential : credentials) {
      accept(new SigningKey(credential, CALLER, true, Optional.empty()));
    }
  }

  private void accept(SigningKey key) {
    keys.put(key.credential().accessKeyId(), key);
  }

  private void acceptIssuedUntil(Instant expiration) {
    accept(
        new SigningKey(
            Credential.sts("testAK", "testSK", "testToken"),
            CALLER,
            true,
            Optional.of(expiration)));
  }

  private static Request vector(String target, String action, String signed, String signature) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", "cs.cn-hangzhou.aliyuncs.com"));
    headers.add(new Header("accept", "application/json"));
    headers.add(new Header("x-acs-action", action));
    headers.add(new Header("x-acs-version", "2015-12-15"));
    headers.add(new Header("x-acs-date", "2026-01-02T03:04:05Z"));
    headers.add(new Header("x-acs-signature-nonce", "0123456789abcdef0123456789abcdef"));
    headers.add(new Header("x-acs-content-sha256", EMPTY_SHA256));
    headers.add(
        new Header(
            "Authorization",
            "ACS3-HMAC-SHA256 Credential=testAK,SignedHeaders="
                + signed
                + ",Signature="
                + signature));
    return new Request("GET", target, "HTTP/1.1", headers, EMPTY_SHA256, "");
  }

  private static Request v2() {
    return vector(TASK, "DescribeTaskInfo", SIGNED, V2);
  }

  private static Request with(Request request, String name, String value) {
    List<Header> headers = new ArrayList<>(request.headers());
    headers.removeIf(header -> header.is(name));
    if (!value.isEmpty()) {
      headers.add(new Header(name, value));
    }
    return new Request(
        request.method(), request.target(), request.version(), headers, request.bodySha256(), "");
  }

  private SignatureResult verify(Request request) {
    return verify(check, request, Operation.DESCRIBE_TASK_INFO);
  }

  private static SignatureResult verify(
      SignatureCheck check, Request request, Operation operation) {
    return check.verify(request, operation).result();
  }

  @Test
  void shouldAcceptWhenSignedAsPublished() {
    assertEquals(SignatureResult.ACCEPTED, verify(v2()));
  }

  @Test
  void shouldAcceptWhenQueryIsSigned() {
    Request listed =
        vector(
            "/clusters/c1/tasks?page_number=1&page_size=100",
            "DescribeClusterTasks",
            SIGNED,
            "4e42fdd6b927d539f9e100ac8af115de13fa4544a5adf486a9b82cd5b1806a62");
    assertEquals(SignatureResult.ACCEPTED, verify(check, listed, Operation.DESCRIBE_CLUSTER_TASKS));
  }

  private static Request v3() {
    Request signed =
        vector(
            TASK,
            "DescribeTaskInfo",
            "host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;"
                + "x-acs-security-token;x-acs-signature-nonce;x-acs-version",
            "8ca573efc7f9ca1b447b78588f6e475e7f301f3e4f16eac28fcae764ada96faa");
    return with(with(signed, "x-acs-accesskey-id", "testAK"), "x-acs-security-token", "testToken");
  }

  @Test
  void shouldAcceptWhenTokenIsTheConfiguredOne() {
    accept(Credential.sts("testAK", "testSK", "testToken"));
    assertEquals(SignatureResult.ACCEPTED, verify(v3()));
  }

  @Test
  void shouldRefuseTokenWhenAnotherIsConfigured() {
    accept(Credential.sts("testAK", "testSK", "newerToken"));
    assertEquals(SignatureResult.TOKEN_REFUSED, verify(v3()));
    assertEquals("InvalidSecurityToken.Expired", code(SignatureResult.TOKEN_REFUSED));
  }

  @Test
  void shouldRefuseTokenWhenItIsMissing() {
    accept(Credential.sts("testAK", "testSK", "testToken"));
    assertEquals(SignatureResult.TOKEN_REFUSED, verify(v2()));
  }

  @Test
  void shouldAcceptAnIssuedKeyUntilItExpires() {
    acceptIssuedUntil(DATE.plusSeconds(1));
    assertEquals(SignatureResult.ACCEPTED, verify(v3()));
    acceptIssuedUntil(DATE);
    assertEquals(SignatureResult.TOKEN_REFUSED, verify(v3()));
  }

  @Test
  void shouldDistinguishAMissingFromAForeignTokenWhenKeyIsIssued() {
    acceptIssuedUntil(DATE.plusSeconds(1));
    assertEquals(SignatureResult.TOKEN_MISSING, verify(v2()));
    Request foreign = with(v3(), "x-acs-security-token", "another");
    assertEquals(SignatureResult.TOKEN_MISMATCH, verify(foreign));
    assertEquals(
        "InvalidSecurityToken.MismatchWithAccessKey", code(SignatureResult.TOKEN_MISMATCH));
  }

  @Test
  void shouldRefuseWhenKeyIsDisabled() {
    accept(new SigningKey(Credential.of("testAK", "testSK"), CALLER, false, Optional.empty()));
    assertEquals(SignatureResult.DISABLED_KEY, verify(v2()));
    assertEquals("InvalidAccessKeyId.Inactive", code(SignatureResult.DISABLED_KEY));
  }

  @Test
  void shouldNameTheOwnerOfTheKeyEvenWhenRefused() {
    Request foreign = with(v2(), "x-acs-extra", "1");
    assertEquals(
        new Verification(SignatureResult.MISMATCH, Optional.of(CALLER)),
        check.verify(foreign, Operation.DESCRIBE_TASK_INFO));
  }

  @Test
  void shouldRefuseWhenSecretIsWrong() {
    accept(Credential.of("testAK", "anotherSK"));
    assertEquals(SignatureResult.MISMATCH, verify(v2()));
    assertEquals("SignatureDoesNotMatch", code(SignatureResult.MISMATCH));
  }

  @Test
  void shouldRefuseWhenPathIsNotTheSignedOne() {
    Request other = v2();
    Request moved =
        new Request("GET", TASK + "x", "HTTP/1.1", other.headers(), other.bodySha256(), "");
    assertEquals(SignatureResult.MISMATCH, verify(moved));
  }

  @Test
  void shouldRefuseWhenAHeaderOfTheCloudIsNotSigned() {
    assertEquals(SignatureResult.MISMATCH, verify(with(v2(), "x-acs-extra", "1")));
  }

  @Test
  void shouldRefuseWhenKeyIsUnknown() {
    accept(Credential.of("otherAK", "testSK"));
    assertEquals(SignatureResult.UNKNOWN_KEY, verify(v2()));
    assertEquals(404, SignatureResult.UNKNOWN_KEY.refusal().orElseThrow().status());
  }

  @Test
  void shouldAcceptBothKeysWhenRotating() {
    accept(Credential.of("newAK", "newSK"), Credential.of("testAK", "testSK"));
    assertEquals(SignatureResult.ACCEPTED, verify(v2()));
  }

  @Test
  void shouldRefuseWhenNonceIsUsedAgain() {
    verify(v2());
    assertEquals(SignatureResult.NONCE_USED, verify(v2()));
    assertEquals("SignatureNonceUsed", code(SignatureResult.NONCE_USED));
  }

  @Test
  void shouldRefuseWhenDateIsTooOldOrTooNew() {
    Duration tooFar = SignatureCheck.DEFAULT_DATE_WINDOW.plusSeconds(1);
    assertEquals(
        SignatureResult.WRONG_TIME,
        verify(at(DATE.plus(tooFar)), v2(), Operation.DESCRIBE_TASK_INFO));
    assertEquals(
        SignatureResult.WRONG_TIME,
        verify(at(DATE.minus(tooFar)), v2(), Operation.DESCRIBE_TASK_INFO));
    assertEquals("InvalidTimeStamp.Expired", code(SignatureResult.WRONG_TIME));
  }

  @Test
  void shouldAcceptWhenDateIsAtTheEdgeOfTheWindow() {
    Instant edge = DATE.plus(SignatureCheck.DEFAULT_DATE_WINDOW);
    assertEquals(SignatureResult.ACCEPTED, verify(at(edge), v2(), Operation.DESCRIBE_TASK_INFO));
  }

  @Test
  void shouldRefuseWhenDateIsMissingOrUnreadable() {
    assertEquals(SignatureResult.WRONG_TIME, verify(with(v2(), "x-acs-date", "")));
    assertEquals(SignatureResult.WRONG_TIME, verify(with(v2(), "x-acs-date", "yesterday")));
  }

  @Test
  void shouldRefuseWhenActionOrVersionIsWrong() {
    assertEquals(
        SignatureResult.WRONG_ACTION, verify(check, v2(), Operation.DESCRIBE_CLUSTER_TASKS));
    assertEquals(SignatureResult.WRONG_VERSION, verify(with(v2(), "x-acs-version", "2014-05-26")));
  }

  @Test
  void shouldRefuseWhenBodyHashIsNotTheBodys() {
    Request request = v2();
    Request other =
        new Request("GET", request.target(), "HTTP/1.1", request.headers(), "0".repeat(64), "");
    assertEquals(SignatureResult.WRONG_BODY_HASH, verify(other));
  }

  @Test
  void shouldRefuseWhenAuthorizationOrNonceIsMissing() {
    assertEquals(SignatureResult.INCOMPLETE, verify(with(v2(), "Authorization", "")));
    assertEquals(SignatureResult.INCOMPLETE, verify(with(v2(), "Authorization", "Bearer x")));
    assertEquals(SignatureResult.INCOMPLETE, verify(with(v2(), "x-acs-signature-nonce", "")));
  }

  @Test
  void shouldForgetNonceWhenItsDateIsOutOfTheWindow() {
    Nonces nonces = new Nonces(Duration.ofMinutes(30));
    nonces.use("n", DATE);
    assertFalse(nonces.use("n", DATE.plus(Duration.ofMinutes(30))));
    assertEquals(true, nonces.use("n", DATE.plus(Duration.ofMinutes(31))));
  }

  @Test
  void shouldNotRevealSecretWhenCredentialIsPrinted() {
    String printed = Credential.sts("testAK", "canary-secret", "canary-token").toString();
    assertFalse(printed.contains("canary"));
  }

  private static String code(SignatureResult result) {
    return result.refusal().orElseThrow().code();
  }
}
