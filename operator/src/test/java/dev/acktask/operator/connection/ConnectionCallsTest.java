package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

final class ConnectionCallsTest {
  private static final CallOutcome ANSWERED = new CallOutcome.Answered();
  private static final TaskLookup ANSWER = new TaskLookup.Unchanged();
  private static final TaskLookup BAD_KEY = refused(Refusal.UNAUTHORIZED);
  private static final TaskLookup FORBIDDEN = refused(Refusal.FORBIDDEN);

  private long nanos = Long.MAX_VALUE - 1;
  private final ConnectionCalls calls = new ConnectionCalls(() -> nanos);
  private final List<CallSummary> changes = new ArrayList<>();

  ConnectionCallsTest() {
    calls.onChange(() -> changes.add(calls.summary()));
  }

  @Test
  void shouldKnowNothingBeforeTheFirstCall() {
    assertEquals(CallSummary.NONE, calls.summary());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void shouldBeAnsweredWhateverTheCloudAnswers(TaskLookup answer) {
    calls.record(answer);

    assertEquals(ANSWERED, calls.summary().outcome());
  }

  static Stream<TaskLookup> answers() {
    return Stream.of(
        new TaskLookup.Found(TaskInfo.builder("T-1", "running").build(), null),
        ANSWER,
        new TaskLookup.NotFound("no", null),
        refused(Refusal.CLUSTER_NOT_ALLOWED));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "UNAUTHORIZED",
        "FORBIDDEN",
        "CREDENTIALS_MISSING",
        "CREDENTIALS_INVALID",
        "ROLE_NOT_ASSUMABLE"
      })
  void shouldBeRefusedWhenNoTaskCanBeRead(Refusal cause) {
    calls.record(refused(cause));

    assertEquals(new CallOutcome.Refused(cause, "m"), calls.summary().outcome());
  }

  @ParameterizedTest
  @MethodSource("resultsWithoutAnOutcome")
  void shouldNotChangeWhenACallSaysNothingAboutTheConnection(TaskLookup result) {
    // given
    calls.record(result);
    assertNull(calls.summary().outcome());

    // when
    calls.record(BAD_KEY);
    calls.record(result);

    // then
    assertEquals(1, changes.size());
    assertEquals(new CallOutcome.Refused(Refusal.UNAUTHORIZED, "m"), calls.summary().outcome());
  }

  static Stream<TaskLookup> resultsWithoutAnOutcome() {
    return Stream.concat(
        Stream.of(Refusal.CLOCK_SKEW, Refusal.INVALID_REQUEST).map(ConnectionCallsTest::refused),
        Stream.of(Failure.values()).map(cause -> new TaskLookup.Unavailable(cause, "m", null)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL, names = "CONNECTION_.*")
  void shouldNotChangeWhenNoCallWasMade(Refusal cause) {
    calls.record(refused(cause));

    assertEquals(CallSummary.NONE, calls.summary());
  }

  @Test
  void shouldReportOneChangeHoweverManyTasksAreRefused() {
    for (int task = 0; task < 1_000; task++) {
      calls.record(BAD_KEY);
    }

    assertEquals(1, changes.size());
  }

  @Test
  void shouldReportAtOnceWhenTheCloudAnswersAgain() {
    calls.record(BAD_KEY);
    calls.record(ANSWER);

    assertEquals(2, changes.size());
    assertEquals(ANSWERED, calls.summary().outcome());
  }

  @Test
  void shouldReportAnotherCause() {
    calls.record(refused(Refusal.CREDENTIALS_MISSING));
    calls.record(FORBIDDEN);

    assertEquals(new CallOutcome.Refused(Refusal.FORBIDDEN, "m"), calls.summary().outcome());
  }

  @Test
  void shouldStayAnsweredWhileOnlySomeTasksAreForbidden() {
    for (int poll = 0; poll < 100; poll++) {
      calls.record(ANSWER);
      nanos += Duration.ofMinutes(2).toNanos();
      calls.record(FORBIDDEN);
      nanos += Duration.ofMinutes(2).toNanos();
    }

    assertEquals(ANSWERED, calls.summary().outcome());
    assertEquals(1, changes.size());
  }

  @Test
  void shouldBeForbiddenWhenNoOtherTaskWasAnsweredLately() {
    calls.record(ANSWER);
    nanos += ConnectionCalls.ANSWER_VALIDITY.toNanos();
    calls.record(FORBIDDEN);

    assertEquals(new CallOutcome.Refused(Refusal.FORBIDDEN, "m"), calls.summary().outcome());
  }

  @Test
  void shouldBeRefusedAtOnceWhenTheKeyIsRefusedAfterAnAnswer() {
    calls.record(ANSWER);
    calls.record(BAD_KEY);

    assertEquals(new CallOutcome.Refused(Refusal.UNAUTHORIZED, "m"), calls.summary().outcome());
  }

  @Test
  void shouldBeForbiddenWhenTheKeyIsAcceptedAgainWithoutThePermission() {
    calls.record(ANSWER);
    calls.record(BAD_KEY);
    calls.record(FORBIDDEN);

    assertEquals(new CallOutcome.Refused(Refusal.FORBIDDEN, "m"), calls.summary().outcome());
  }

  private static TaskLookup refused(Refusal cause) {
    return new Rejected(cause, "m", null);
  }
}
