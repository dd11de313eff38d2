package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionConditionType;
import dev.acktask.operator.api.v1alpha1.ConnectionReason;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.Credentials;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.SecretRef;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.WorkloadIdentity;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus.Tasks;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection whose status is evaluated and stored; each test changes what it is about. */
abstract class ConnectionEvaluatorTestCase {
  static final ConnectionKey KEY = ConnectionKey.namespaced("shop", "production");
  static final CallSummary ANSWERED = new CallSummary(new CallOutcome.Answered(), false, null);
  static final Instant START = Instant.parse("2026-01-02T03:00:00.900Z");
  static final String STARTED = "2026-01-02T03:00:00Z";

  final ConnectionEvaluator evaluator =
      new ConnectionEvaluator(Optional.of(ConnectionStatus.OPERATOR_ROLE));

  ConnectionSpec spec =
      ConnectionSpec.builder()
          .regionId("cn-hangzhou")
          .credentials(new Credentials(new SecretRef("key"), null))
          .build();

  long generation = 1;
  Instant now = START;
  @Nullable ConnectionStatus stored;
  boolean isTrusted = true;
  String problem = "";
  CallSummary calls = CallSummary.NONE;
  Optional<String> account = Optional.empty();
  Optional<Tasks> tasks = Optional.of(new Tasks(3, 2));

  /** Decides and stores the status. */
  final ConnectionStatus write() {
    stored = decide().status();
    isTrusted = true;
    return stored;
  }

  final void assertWritesNothing(ConnectionStatus before) {
    ConnectionDecision decision = decide();
    assertEquals(before, decision.status());
    assertEquals(List.of(), decision.events());
  }

  final ConnectionDecision decide() {
    return evaluator.evaluate(snapshot(), state(), tasks, now);
  }

  final ConnectionSnapshot snapshot() {
    return new ConnectionSnapshot(KEY, "uid:" + generation, generation, spec, stored, isTrusted);
  }

  final ConnectionState state() {
    return new ConnectionState("uid:" + generation, problem, calls, account);
  }

  final @Nullable String identity(@Nullable Credentials credentials) {
    spec = ConnectionSpec.builder().regionId("cn-hangzhou").credentials(credentials).build();
    return decide().status().identity();
  }

  final void pass(Duration time) {
    now = now.plus(time);
  }

  final ConnectionStatus withReady(String status, ConnectionReason reason) {
    Condition ready = new Condition("Ready", status, reason.apiName(), "m", 1L, STARTED);
    return new ConnectionStatus(1L, "Secret", null, new Tasks(3, 2), List.of(ready));
  }

  static Condition ready(ConnectionStatus status) {
    return ConnectionSnapshot.condition(status, ConnectionConditionType.READY).orElseThrow();
  }

  static ConnectionSpec suspended() {
    return ConnectionSpec.builder().regionId("cn-hangzhou").suspend(true).build();
  }

  static WorkloadIdentity workload() {
    return new WorkloadIdentity(
        "acktask",
        "acs:ram::1000000000000001:role/acktask",
        "acs:ram::1000000000000001:oidc-provider/ack-rrsa-example");
  }

  static CallSummary refused(Refusal cause, String message) {
    return new CallSummary(new CallOutcome.Refused(cause, message), false, null);
  }
}
