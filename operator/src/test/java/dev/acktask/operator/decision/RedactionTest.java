package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.FreeForm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {
  private static final String CANARY = "Canary7secret";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=Canary7secret",
        "login_password: Canary7secret rest",
        "--accessKeySecret=Canary7secret,x=1",
        "{\"login_password\":\"Canary7secret\"}",
        "{\"password\": \"a\\\"Canary7secret\"}",
        "{\\\"password\\\":\\\"Canary7secret\\\"}",
        "{\\\"password\\\":\\\"a\\\\\\\"Canary7secret\\\"}",
        "client-key-data: Canary7secret",
        "kubeconfig: Canary7secret",
        "Authorization: Bearer Canary7secret",
        "sent bearer Canary7secret to x",
        "token='Canary7secret'",
        "security_token=Canary7secret&x=1",
        "-----BEGIN RSA PRIVATE KEY-----\nCanary7secret\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nCanary7secret",
        "key id LTAICanary7secret is wrong",
        "STS.Canary7secret",
        "PASSWORD = Canary7secret",
      })
  void f34ShouldMaskSecretsInText(String text) {
    String masked = Redaction.BUILT_IN.text(text);
    assertFalse(masked.contains(CANARY), masked);
    assertFalse(PlainText.MESSAGE.of(text).contains(CANARY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "success to drain node i-000000000000a001",
        "the task T-000000000000000000000a01 is running",
        "basic settings are fine",
        "secret not found",
      })
  void shouldLeaveOrdinaryTextAlone(String text) {
    assertEquals(text, Redaction.BUILT_IN.text(text));
  }

  @Test
  void shouldMaskByNameAtAnyDepth() {
    FreeForm data =
        object(
            "nodes", new FreeForm.Arr(List.of(object("Login_Password", text(CANARY)))),
            "access-key", object("id", text(CANARY)),
            "count", new FreeForm.Literal("2"),
            "note", text("password=" + CANARY),
            "env",
                new FreeForm.Arr(
                    List.of(object("name", text("DB_PASSWORD"), "value", text(CANARY)))));
    assertEquals(
        "{\"nodes\":[{\"Login_Password\":\"***\"}],\"access-key\":\"***\",\"count\":2,"
            + "\"note\":\"password=***\",\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"***\"}]}",
        JsonText.of(Redaction.BUILT_IN.of(data)));
  }

  @Test
  void shouldMaskConfiguredNamesBesidesTheBuiltInOnes() {
    Redaction redaction = new Redaction(List.of("otp", "a.b"));
    FreeForm data =
        object(
            "Login_OTP", text(CANARY),
            "a.b", text(CANARY),
            "aXb", text("shown"),
            "password", text(CANARY),
            "payload", text("{\"otp\": \"" + CANARY + "\"}"),
            "list", new FreeForm.Arr(List.of(object("otp", text(CANARY)))));
    String shown = JsonText.of(redaction.of(data));
    assertFalse(shown.contains(CANARY), shown);
    assertTrue(shown.contains("shown"), shown);
    assertTrue(JsonText.of(Redaction.BUILT_IN.of(data)).contains(CANARY), "only when configured");
  }

  @Test
  void shouldStayLinearOnHostileText() {
    for (String part : List.of("password", "-----BEGIN ", "a.b-", "token:", "\\\\\"", "eyJ", " ")) {
      String text = part.repeat(200_000 / part.length());
      assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Redaction.BUILT_IN.text(text));
    }
  }

  private static FreeForm text(String value) {
    return new FreeForm.Text(value);
  }

  private static FreeForm object(Object... namesAndValues) {
    return new FreeForm.Obj(
        java.util.stream.IntStream.range(0, namesAndValues.length / 2)
            .mapToObj(
                i ->
                    new FreeForm.Member(
                        (String) namesAndValues[2 * i], (FreeForm) namesAndValues[2 * i + 1]))
            .toList());
  }
}
