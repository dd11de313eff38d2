package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskRef;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InstrumentedTaskClientTest {
  @Test
  void shouldCountEachOutcomeAsTheAlertsExpectIt() {
    Map<TaskLookup, String> outcomes =
        Map.of(
            new TaskLookup.NotFound("no", null), "success",
            new TaskLookup.Throttled("slow", null, null), "throttled",
            new TaskLookup.Rejected(Refusal.UNAUTHORIZED, "no", null), "unauthorized",
            new TaskLookup.Rejected(Refusal.FORBIDDEN, "no", null), "unauthorized",
            new TaskLookup.Rejected(Refusal.CREDENTIALS_MISSING, "no", null), "unauthorized",
            new TaskLookup.Rejected(Refusal.CLOCK_SKEW, "no", null), "error",
            new TaskLookup.Unavailable(Failure.TLS_ERROR, "no", null), "error");
    outcomes.forEach(
        (lookup, outcome) -> {
          SimpleMeterRegistry meters = new SimpleMeterRegistry();
          InstrumentedTaskClient client =
              new InstrumentedTaskClient(ref -> lookup, operation(meters));
          client.describe(TaskRef.parse("T-1").orElseThrow());
          for (String other : List.of("success", "throttled", "unauthorized", "error")) {
            assertEquals(
                other.equals(outcome) ? 1 : 0,
                meters.get("acktask.operator.api.requests").tag("outcome", other).counter().count(),
                lookup + " as " + other);
          }
          assertEquals(1, meters.get("acktask.operator.api.request.duration").timer().count());
        });
  }

  @Test
  void shouldCountASuccessWhenTheSameAnswerComesAgain() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    TaskClient same =
        new TaskClient() {
          @Override
          public TaskLookup describe(TaskRef task) {
            throw new AssertionError("an answer is known");
          }

          @Override
          public TaskLookup describe(TaskRef task, AnswerDigest known) {
            return new TaskLookup.Unchanged();
          }
        };
    new InstrumentedTaskClient(same, operation(meters))
        .describe(TaskRef.parse("T-1").orElseThrow(), new AnswerDigest(1, 2, 3, 4));
    assertEquals(
        1, meters.get("acktask.operator.api.requests").tag("outcome", "success").counter().count());
  }

  private static OperationMeters operation(MeterRegistry meters) {
    return new OperationMeters(meters, "DescribeTaskInfo", "(built-in)", "cn-hangzhou");
  }
}
