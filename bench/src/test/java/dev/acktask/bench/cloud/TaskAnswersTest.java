package dev.acktask.bench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The answers about one task of the simulated cloud. */
class TaskAnswersTest {
  private static JsonNode answer(int version, boolean finished) throws IOException {
    TaskAnswers answers = new TaskAnswers(false, new UpdateTimes(false));
    return new ObjectMapper().readTree(answers.body("T-1", "c1", version, finished));
  }

  @Test
  void shouldNameTaskAndCluster() throws IOException {
    assertEquals("T-1", answer(0, false).get("task_id").asText());
    assertEquals("c1", answer(0, false).get("cluster_id").asText());
  }

  @Test
  void shouldHaveItsVersionInTheLastStageAndInItsTime() throws IOException {
    JsonNode task = answer(3, false);
    assertEquals(TaskAnswers.message(3), task.at("/stages/4/message").asText());
    assertEquals("2026-02-20T10:14:33+08:00", task.get("updated").asText());
    assertEquals("running", task.get("state").asText());
  }

  @Test
  void shouldSucceedWhenFinished() throws IOException {
    assertEquals("success", answer(1, true).get("state").asText());
    assertEquals("success", answer(1, true).at("/stages/4/state").asText());
  }

  @Test
  void shouldDifferInItsRequestIdOnlyWhenVarying() {
    // given
    TaskAnswers same = new TaskAnswers(false, new UpdateTimes(false));
    TaskAnswers varying = new TaskAnswers(true, new UpdateTimes(false));

    // then
    assertEquals(same.body("T-1", "c1", 0, false), same.body("T-1", "c1", 0, false));
    assertNotEquals(varying.body("T-1", "c1", 0, false), varying.body("T-1", "c1", 0, false));
    assertTrue(varying.body("T-1", "c1", 0, false).contains("\"requestId\":\"R-"));
  }
}
