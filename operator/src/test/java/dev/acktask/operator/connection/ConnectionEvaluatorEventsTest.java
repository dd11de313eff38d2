package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

final class ConnectionEvaluatorEventsTest extends ConnectionEvaluatorTestCase {
  @Test
  void shouldEmitAWarningWithTheReasonWhenItIsNotReady() {
    write();
    calls = refused(Refusal.CREDENTIALS_MISSING, "Secret shop/key does not exist.");

    ObjectEvent event = decide().events().get(0);

    assertTrue(event.warning());
    assertEquals("SecretNotFound", event.reason());
    assertEquals("Secret shop/key does not exist.", event.note());
  }

  @Test
  void shouldEmitANormalEventWhenTheCloudAnswersAgain() {
    calls = refused(Refusal.UNAUTHORIZED, "m");
    write();
    calls = ANSWERED;

    ObjectEvent event = decide().events().get(0);

    assertFalse(event.warning());
    assertEquals("ConnectionReady", event.reason());
  }

  @Test
  void shouldEmitOneEventForEachTransition() {
    calls = refused(Refusal.UNAUTHORIZED, "m");
    assertEquals(1, decide().events().size());
    write();

    calls = refused(Refusal.UNAUTHORIZED, "another message");

    assertEquals(List.of(), decide().events());
  }

  @Test
  void shouldEmitNoEventForWhatIsUnknown() {
    assertEquals(List.of(), decide().events());
    calls = ANSWERED;
    write();
    spec = suspended();
    generation = 2;
    assertEquals(List.of(), decide().events());
  }

  @Test
  void shouldEmitTheSameEventTwiceOnlyForTwoTransitions() {
    // given
    calls = refused(Refusal.UNAUTHORIZED, "m");
    ObjectEvent first = decide().events().get(0);
    assertEquals(first, decide().events().get(0)); // by another replica
    write();
    pass(Duration.ofMinutes(1));

    // when
    calls = ANSWERED;
    write();
    calls = refused(Refusal.UNAUTHORIZED, "m");

    // then
    assertFalse(first.occurrence().equals(decide().events().get(0).occurrence()));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"THROTTLED"})
  void shouldEmitNoEventAfterARestart(ConnectionReason reason) {
    // given
    String status =
        switch (reason) {
          case ANSWERED -> Condition.TRUE;
          case NOT_USED_YET, SUSPENDED -> Condition.UNKNOWN;
          default -> Condition.FALSE;
        };
    stored = withReady(status, reason);
    spec = reason == ConnectionReason.SUSPENDED ? suspended() : spec;
    problem = reason == ConnectionReason.INVALID ? "has no regionId." : "";

    // when
    ConnectionDecision decision = decide();

    // then
    assertEquals(reason.apiName(), ready(decision.status()).reason());
    assertEquals(List.of(), decision.events());
  }
}
