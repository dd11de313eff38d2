package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionConditionType;
import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.Credentials;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.SecretRef;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.WorkloadIdentity;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus.Tasks;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionEvaluatorTest {
  private static final ConnectionKey KEY = ConnectionKey.namespaced("shop", "production");
  private static final CallSummary ANSWERED =
      new CallSummary(new CallOutcome.Answered(), false, null);
  private static final Instant START = Instant.parse("2026-01-02T03:00:00.900Z");
  private static final String STARTED = "2026-01-02T03:00:00Z";

  private final ConnectionEvaluator evaluator =
      new ConnectionEvaluator(Optional.of(ConnectionStatus.OPERATOR_ROLE));

  private ConnectionSpec spec =
      ConnectionSpec.builder()
          .regionId("cn-hangzhou")
          .credentials(new Credentials(new SecretRef("key"), null))
          .build();

  private long generation = 1;
  private Instant now = START;
  private @Nullable ConnectionStatus stored;
  private boolean isTrusted = true;
  private String problem = "";
  private CallSummary calls = CallSummary.NONE;
  private Optional<String> account = Optional.empty();
  private Optional<Tasks> tasks = Optional.of(new Tasks(3, 2));

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

  @Test
  void shouldNameTheKindOfTheIdentity() {
    assertEquals("Secret", identity(new Credentials(new SecretRef("key"), null)));
    assertEquals("WorkloadIdentity", identity(new Credentials(null, workload())));
    assertEquals("OperatorRole", identity(null));
  }

  @Test
  void shouldNameNoIdentityWhenItIsNotClear() {
    assertNull(identity(new Credentials(null, null)));
    assertNull(identity(new Credentials(new SecretRef("key"), workload())));
  }

  @Test
  void shouldNameNoIdentityWhenTheOperatorHasNone() {
    spec = ConnectionSpec.builder().regionId("cn-hangzhou").build();

    ConnectionDecision decision =
        new ConnectionEvaluator(Optional.empty()).evaluate(snapshot(), state(), tasks, now);

    assertNull(decision.status().identity());
  }

  @Test
  void shouldNameTheAccountOnceItIsKnownAndKeepIt() {
    // given
    assertNull(write().account());

    // when
    account = Optional.of("1000000000000001");
    write();
    account = Optional.empty(); // a restart

    // then
    assertEquals("1000000000000001", write().account());
    generation = 2;
    assertNull(write().account());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1\n2"})
  void shouldNameNoAccountThatTheSchemaWouldRefuse(String odd) {
    account = Optional.of(odd);
    assertNull(write().account());
    account = Optional.of("1".repeat(65));
    assertNull(write().account());
  }

  @Test
  void shouldCountTheTasksOnceTheyAreKnown() {
    // given
    assertEquals(new Tasks(3, 2), write().tasks());

    // when
    tasks = Optional.empty(); // a restart

    // then
    assertEquals(new Tasks(3, 2), write().tasks());
    tasks = Optional.of(new Tasks(4, 0));
    assertEquals(new Tasks(4, 0), write().tasks());
  }

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

  /** Decides and stores the status. */
  private ConnectionStatus write() {
    stored = decide().status();
    isTrusted = true;
    return stored;
  }

  private void assertWritesNothing(ConnectionStatus before) {
    ConnectionDecision decision = decide();
    assertEquals(before, decision.status());
    assertEquals(List.of(), decision.events());
  }

  private ConnectionDecision decide() {
    return evaluator.evaluate(snapshot(), state(), tasks, now);
  }

  private ConnectionSnapshot snapshot() {
    return new ConnectionSnapshot(KEY, "uid:" + generation, generation, spec, stored, isTrusted);
  }

  private ConnectionState state() {
    return new ConnectionState("uid:" + generation, problem, calls, account);
  }

  private @Nullable String identity(@Nullable Credentials credentials) {
    spec = ConnectionSpec.builder().regionId("cn-hangzhou").credentials(credentials).build();
    return decide().status().identity();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private ConnectionStatus withReady(String status, ConnectionReason reason) {
    Condition ready = new Condition("Ready", status, reason.apiName(), "m", 1L, STARTED);
    return new ConnectionStatus(1L, "Secret", null, new Tasks(3, 2), List.of(ready));
  }

  private static Condition ready(ConnectionStatus status) {
    return ConnectionSnapshot.condition(status, ConnectionConditionType.READY).orElseThrow();
  }

  private static ConnectionSpec suspended() {
    return ConnectionSpec.builder().regionId("cn-hangzhou").suspend(true).build();
  }

  private static WorkloadIdentity workload() {
    return new WorkloadIdentity(
        "acktask",
        "acs:ram::1000000000000001:role/acktask",
        "acs:ram::1000000000000001:oidc-provider/ack-rrsa-example");
  }

  private static CallSummary refused(Refusal cause, String message) {
    return new CallSummary(new CallOutcome.Refused(cause, message), false, null);
  }
}
