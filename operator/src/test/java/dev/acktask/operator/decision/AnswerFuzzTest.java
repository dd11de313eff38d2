package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acktask.operator.alibaba.RecordedAnswer;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Mutated and generated answers, processed by the production reader and evaluator. {@code
 * -Dacktask.fuzz.runs} and {@code -Dacktask.fuzz.seed} change the run.
 */
final class AnswerFuzzTest {
  private static final int RUNS = Integer.getInteger("acktask.fuzz.runs", 20_000);
  private static final long SEED = Long.getLong("acktask.fuzz.seed", 20261123L);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Set<String> SUCCESS = Set.of("success", "succeeded");

  /** An oracle that shares no code with the reader. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PollSchedule schedule =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
  private final TaskEvaluator evaluator = new TaskEvaluator(schedule, Redaction.BUILT_IN);

  @Test
  void shouldNeverThrowNorInventASuccess() throws JsonProcessingException {
    // given
    Random random = new Random(SEED);
    AnswerMutations mutations = new AnswerMutations(random, TASK_ID);
    AckTaskStatus status = null;
    int succeeded = 0;

    // when
    for (int run = 0; run < RUNS; run++) {
      RecordedAnswer answer = mutations.next();
      AckTaskSnapshot snapshot = snapshot(random, status);
      String context = "seed " + SEED + " run " + run + ": " + printable(answer.body());
      AckTaskStatus next = check(snapshot, answer, context);
      succeeded += next.phase() == Phase.SUCCEEDED && !snapshot.isFinished() ? 1 : 0;
      boolean startsAgain = snapshot.isFinished() || random.nextInt(5) == 0;
      status = startsAgain ? null : next;
    }

    // then
    int reached = succeeded;
    assertTrue(reached > RUNS / 200, () -> "too few mutations reach success: " + reached);
  }

  private AckTaskStatus check(AckTaskSnapshot snapshot, RecordedAnswer answer, String context)
      throws JsonProcessingException {
    try {
      TaskLookup lookup = answer.readFor(TASK_ID);
      Decision decision = evaluator.evaluate(snapshot, new Observed(lookup, null, null), NOW);
      assertEquals(
          decision,
          evaluator.evaluate(snapshot, new Observed(answer.readFor(TASK_ID), null, null), NOW),
          context);
      AckTaskStatus status = decision.status();
      StatusInvariants.check(status, snapshot.generation());
      if (snapshot.isFinished()) {
        assertEquals(snapshot.status(), status, context);
      } else if (status.phase() == Phase.SUCCEEDED) {
        assertTrue(isSuccess(answer), context);
      }
      Duration wait = schedule.afterPoll(snapshot, lookup, NOW, null);
      assertTrue(wait.compareTo(Duration.ofSeconds(4)) >= 0, context);
      assertTrue(wait.compareTo(Duration.ofMinutes(11)) <= 0, context);
      assertStaysEqualThroughTheApiServer(status, context);
      AckTaskSnapshot again = snapshot.toBuilder().status(status).build();
      AckTaskStatus twice =
          evaluator.evaluate(again, new Observed(lookup, null, null), NOW).status();
      assertEquals(status, twice, () -> "writes again for an equal answer: " + context);
      return status;
    } catch (RuntimeException | Error thrown) {
      return fail(context, thrown);
    }
  }

  private static void assertStaysEqualThroughTheApiServer(AckTaskStatus status, String context)
      throws JsonProcessingException {
    String json = JSON.writeValueAsString(status);
    assertEquals(status, JSON.readValue(json, AckTaskStatus.class), context);
    int bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    assertTrue(bytes <= StatusBudget.size(status), () -> bytes + " bytes: " + context);
  }

  /** Whether the answer means success, read by another parser. */
  private static boolean isSuccess(RecordedAnswer answer) {
    try {
      JsonNode body = STRICT.readTree(answer.body());
      return answer.status() == 200
          && body.path("task_id").isTextual()
          && body.path("task_id").asText().equals(TASK_ID)
          && body.path("state").isTextual()
          && SUCCESS.contains(body.path("state").asText());
    } catch (JsonProcessingException notJson) {
      return isSuccessWithAmbiguousDetails(answer);
    }
  }

  /** A duplicate name invalidates only its detail; at the top it invalidates the answer. */
  private static boolean isSuccessWithAmbiguousDetails(RecordedAnswer answer) {
    try {
      JsonNode body =
          JsonMapper.builder()
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build()
              .readTree(answer.body());
      return SUCCESS.contains(body.path("state").asText())
          && body.path("task_id").asText().equals(TASK_ID)
          && AnswerMutations.topLevelNames(answer.body()).stream().distinct().count()
              == AnswerMutations.topLevelNames(answer.body()).size();
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }

  private static AckTaskSnapshot snapshot(Random random, AckTaskStatus status) {
    AckTaskSpec spec =
        spec()
            .include(List.of("Parameters", "Outputs"))
            .successPolicy(random.nextBoolean() ? "Strict" : "StateOnly")
            .build();
    assertNotNull(spec);
    return AckTaskSnapshot.builder("uid-1", spec).status(status).operatorWroteStatus(true).build();
  }

  private static String printable(String body) {
    return body.length() > 600 ? body.substring(0, 600) + "…" : body;
  }
}
