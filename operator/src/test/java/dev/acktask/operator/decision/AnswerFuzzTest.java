package dev.acktask.operator.decision;

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
 * Mutated and generated answers, through the reader and the evaluator as they run in production.
 * {@code -Dacktask.fuzz.runs=1000000} for the long run, {@code -Dacktask.fuzz.seed} for another
 * one.
 */
final class AnswerFuzzTest {
  private static final int RUNS = Integer.getInteger("acktask.fuzz.runs", 20_000);
  private static final long SEED = Long.getLong("acktask.fuzz.seed", 20261123L);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String TASK_ID = "T-000000000000000000000a01";
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
    Random random = new Random(SEED);
    AnswerMutations mutations = new AnswerMutations(random, TASK_ID);
    AckTaskStatus status = null;
    int succeeded = 0;
    for (int run = 0; run < RUNS; run++) {
      RecordedAnswer answer = mutations.next();
      Subject subject = subject(random, status);
      String context = "seed " + SEED + " run " + run + ": " + shown(answer.body());
      AckTaskStatus next = check(subject, answer, context);
      succeeded += next.phase() == Phase.SUCCEEDED && !subject.finished() ? 1 : 0;
      boolean startsAnew = subject.finished() || random.nextInt(5) == 0;
      status = startsAnew ? null : next;
    }
    int seen = succeeded;
    assertTrue(seen > RUNS / 200, () -> "the mutations reach success too seldom: " + seen);
  }

  private AckTaskStatus check(Subject subject, RecordedAnswer answer, String context)
      throws JsonProcessingException {
    try {
      TaskLookup lookup = answer.readFor(TASK_ID);
      Decision decision = evaluator.evaluate(subject, lookup, NOW, null);
      assertEquals(
          decision, evaluator.evaluate(subject, answer.readFor(TASK_ID), NOW, null), context);
      AckTaskStatus status = decision.status();
      StatusInvariants.check(status, subject.generation());
      if (subject.finished()) {
        assertEquals(subject.status(), status, context);
      } else if (status.phase() == Phase.SUCCEEDED) {
        assertTrue(isSuccess(answer), context);
      }
      Duration wait = decision.pollAgainAfter();
      assertEquals(Verdict.of(status).finished(), wait == null, context);
      if (wait != null) {
        assertTrue(wait.compareTo(Duration.ofSeconds(4)) >= 0, context);
        assertTrue(wait.compareTo(Duration.ofMinutes(11)) <= 0, context);
      }
      assertStaysEqualThroughTheApiServer(status, context);
      Subject again =
          new Subject(
              subject.uid(), subject.generation(), subject.spec(), status, true, null, null);
      AckTaskStatus twice = evaluator.evaluate(again, lookup, NOW, null).status();
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

  /** What the cloud must have said for a success, read by another parser. */
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

  /** A duplicate name inside a detail costs that detail only; at the top it costs the answer. */
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

  private static Subject subject(Random random, AckTaskStatus status) {
    AckTaskSpec spec =
        new AckTaskSpec(
            TASK_ID,
            null,
            null,
            null,
            null,
            null,
            List.of("Parameters", "Outputs"),
            random.nextBoolean() ? "Strict" : "StateOnly");
    assertNotNull(spec);
    return new Subject("uid-1", 1, spec, status, true, null, null);
  }

  private static String shown(String body) {
    return body.length() > 600 ? body.substring(0, 600) + "…" : body;
  }
}
