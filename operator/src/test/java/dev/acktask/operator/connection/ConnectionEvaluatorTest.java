package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionEvaluatorTest extends ConnectionEvaluatorTestCase {
  @Test
  void shouldBeUnknownBeforeTheFirstCall() {
    ConnectionStatus status = write();

    assertEquals(
        List.of(
            new Condition(
                "Ready",
                Condition.UNKNOWN,
                "NotUsedYet",
                "No call has been made with this spec yet: the first poll of an AckTask makes one.",
                1L,
                STARTED)),
        status.conditions());
    assertEquals(1, status.observedGeneration());
  }

  @Test
  void shouldBeReadyWhenTheCloudAnswers() {
    calls = ANSWERED;

    assertEquals(
        new Condition("Ready", Condition.TRUE, "Answered", "The cloud answers.", 1L, STARTED),
        ready(write()));
  }

  @ParameterizedTest
  @CsvSource({
    "CREDENTIALS_MISSING, SecretNotFound",
    "CREDENTIALS_INVALID, SecretInvalid",
    "UNAUTHORIZED, CredentialsRefused",
    "FORBIDDEN, PermissionDenied",
    "ROLE_NOT_ASSUMABLE, RoleNotAssumable"
  })
  void shouldNotBeReadyWithTheCauseAndTheMessageOfTheCall(Refusal cause, String reason) {
    calls = refused(cause, "Secret shop/key does not exist.");

    assertEquals(
        new Condition(
            "Ready", Condition.FALSE, reason, "Secret shop/key does not exist.", 1L, STARTED),
        ready(write()));
  }

  @Test
  void shouldBoundAndMaskTheMessage() {
    calls = refused(Refusal.UNAUTHORIZED, "accessKeySecret=CANARY0123456789\n" + "m".repeat(5_000));

    String message = ready(write()).message();

    assertTrue(message.length() <= 1_024, message);
    assertFalse(message.contains("CANARY"), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void shouldNotBeReadyWhenTheSpecCannotBeUsed() {
    problem = "has no regionId.";

    Condition ready = ready(write());

    assertEquals("Invalid", ready.reason());
    assertEquals(Condition.FALSE, ready.status());
    assertEquals("AckConnection shop/production has no regionId.", ready.message());
  }

  @Test
  void shouldBeUnknownWhileSuspended() {
    calls = refused(Refusal.UNAUTHORIZED, "m");
    problem = "has no regionId.";
    spec = suspended();

    Condition ready = ready(write());

    assertEquals("Suspended", ready.reason());
    assertEquals(Condition.UNKNOWN, ready.status());
  }

  @Test
  void shouldHaveTheConditionThrottledOnlyWhileThrottled() {
    // given
    calls = new CallSummary(new CallOutcome.Answered(), true, Duration.ofSeconds(40));

    // when
    ConnectionDecision throttled = decide();
    stored = throttled.status();
    calls = ANSWERED;

    // then
    assertEquals(
        new Condition(
            "Throttled",
            Condition.TRUE,
            "Throttled",
            "The cloud throttles the calls with this connection; they are made later.",
            1L,
            STARTED),
        throttled.status().conditions().get(1));
    assertEquals(Duration.ofSeconds(40), throttled.reconcileAgainAfter());
    assertEquals(List.of("Ready"), write().conditions().stream().map(Condition::type).toList());
    assertNull(decide().reconcileAgainAfter());
  }

  @Test
  void shouldBeReadyWhileThrottled() {
    calls = new CallSummary(new CallOutcome.Answered(), true, Duration.ofSeconds(40));

    assertEquals(Condition.TRUE, ready(write()).status());
  }
}
