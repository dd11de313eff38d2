package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConnectionEvaluatorRestartTest extends ConnectionEvaluatorTestCase {
  @Test
  void shouldBeUnknownAgainAfterAChangeOfTheSpec() {
    // given
    calls = ANSWERED;
    write();
    pass(Duration.ofHours(1));

    // when
    calls = CallSummary.NONE;
    generation = 2;
    Condition ready = ready(write());

    // then
    assertEquals("NotUsedYet", ready.reason());
    assertEquals(2L, ready.observedGeneration());
    assertEquals("2026-01-02T04:00:00Z", ready.lastTransitionTime());
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CREDENTIALS_MISSING",
        "CREDENTIALS_INVALID",
        "UNAUTHORIZED",
        "FORBIDDEN",
        "ROLE_NOT_ASSUMABLE"
      })
  void shouldKeepWhatAnEarlierProcessEstablished(Refusal cause) {
    calls = refused(cause, "m");
    ConnectionStatus before = write();

    calls = CallSummary.NONE;
    pass(Duration.ofHours(1));

    assertWritesNothing(before);
  }

  @Test
  void shouldKeepThatTheCloudAnsweredAfterARestart() {
    calls = ANSWERED;
    ConnectionStatus before = write();

    calls = CallSummary.NONE;

    assertWritesNothing(before);
  }

  @Test
  void shouldForgetAnEarlierProblemOnceTheSpecCanBeUsed() {
    problem = "is not supported yet.";
    write();

    problem = "";

    assertEquals("NotUsedYet", ready(write()).reason());
  }

  @Test
  void shouldReplaceAForeignStatusByWhatIsKnown() {
    // given
    calls = ANSWERED;
    ConnectionStatus before = write();

    // when
    stored = withReady(Condition.FALSE, ConnectionReason.CREDENTIALS_REFUSED);
    isTrusted = false;

    // then
    assertEquals("Answered", ready(write()).reason());
    assertEquals(before.tasks(), stored.tasks());
  }

  @Test
  void shouldNotBelieveAForeignStatusAfterARestart() {
    stored = withReady(Condition.TRUE, ConnectionReason.ANSWERED);
    isTrusted = false;

    assertEquals("NotUsedYet", ready(write()).reason());
  }

  @Test
  void shouldWriteNothingWhenNothingChanged() {
    calls = new CallSummary(new CallOutcome.Answered(), true, Duration.ofSeconds(7));
    account = Optional.of("1000000000000001");
    ConnectionStatus before = write();

    pass(Duration.ofDays(1));

    assertWritesNothing(before);
  }

  @Test
  void shouldKeepTheTransitionTimeWhileTheStatusIsTheSame() {
    // given
    calls = refused(Refusal.UNAUTHORIZED, "m");
    write();
    pass(Duration.ofMinutes(5));

    // when
    calls = refused(Refusal.FORBIDDEN, "m");

    // then
    assertEquals(STARTED, ready(write()).lastTransitionTime());
    calls = ANSWERED;
    assertEquals("2026-01-02T03:05:00Z", ready(write()).lastTransitionTime());
  }
}
