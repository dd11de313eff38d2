package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.estimate.UsualDurations;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same history with and without an estimate: nothing but the estimate differs. */
final class EstimateNeutralityTest {
  private static final int HISTORIES = 400;
  private static final int STEPS = 12;
  private static final List<String> STATES =
      List.of("running", "paused", "odd", "pending", "success", "failed", "canceled");
  private static final List<AckTaskSpec> SPECS =
      List.of(
          MirroredTask.SPEC,
          AckTasks.spec().suspend(true).build(),
          AckTasks.spec().clusterId("c2").build(),
          AckTasks.spec().deadline("10m").build());

  private int slow;

  @Test
  void shouldNeverChangeWhatGatesRead() {
    Random random = new Random(20261128);
    for (int i = 0; i < HISTORIES; i++) {
      long seed = random.nextLong();
      MirroredTask with = MirroredTask.created();
      MirroredTask without = MirroredTask.created();
      Random one = new Random(seed);
      Random other = new Random(seed);
      for (int step = 0; step < STEPS; step++) {
        with.usually(usual(one));
        usual(other);
        happens(with, one);
        happens(without, other);
        slow += with.condition("SlowerThanUsual").equals("-") ? 0 : 1;
        assertEquals(withoutEstimate(without), withoutEstimate(with), "seed " + seed);
        assertEquals(without.nextPoll(), with.nextPoll(), "seed " + seed);
        assertEquals(without.nextChange(), with.nextChange(), "seed " + seed);
        assertEquals(without.kstatus(), with.kstatus(), "seed " + seed);
      }
    }
    assertTrue(slow > HISTORIES, () -> "slow in " + slow + " steps only");
  }

  private static UsualDurations usual(Random random) {
    int minutes = 1 + random.nextInt(20);
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> UsualDurations.UNKNOWN;
      default ->
          new UsualDurations(
              5 + minutes,
              Duration.ofMinutes(minutes),
              Duration.ofMinutes(2L * minutes),
              Map.of("s1", Duration.ofMinutes(minutes)));
    };
  }

  private static void happens(MirroredTask task, Random random) {
    task.after(Duration.ofSeconds(random.nextInt(600)));
    switch (random.nextInt(8)) {
      case 0 -> task.reconciled();
      case 1 -> task.edited(SPECS.get(random.nextInt(SPECS.size()))).reconciled();
      case 2 -> task.observes(new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null));
      case 3 -> task.observes(new TaskLookup.NotFound("No such task.", null));
      default ->
          task.observes(
              STATES.get(Math.min(random.nextInt(20), STATES.size() - 1) % (random.nextInt(4) + 4)),
              "\"created\": \"2026-01-02T02:59:00Z\", \"current_stage\": \"s"
                  + random.nextInt(3)
                  + "\"");
    }
  }

  /** All of a status but the estimate; the id of the request follows the writes. */
  private static ObjectNode withoutEstimate(MirroredTask task) {
    ObjectNode status = task.status().deepCopy();
    status.remove(List.of("estimatedCompletionTime", "estimateSampleSize", "requestId"));
    ArrayNode conditions = (ArrayNode) status.get("conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).get("type").asText().equals("SlowerThanUsual")) {
        conditions.remove(i);
      }
    }
    return status;
  }
}
