package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.ListAssertions;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.TaskState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Properties of the reader of lists on random answers. {@code -Dacktask.fuzz.seed} sets the printed
 * seed, and {@code -Dacktask.fuzz.runs} the number of mutants.
 */
final class ListPropertiesTest {
  private static final int RUNS = Integer.getInteger("acktask.fuzz.runs", 20_000);
  private static final String LIST =
      """
      {"requestId":"R-1","next_token":"abc","page_info":{"page_number":1,"total_count":3},
       "tasks":[
        {"task_id":"T-1","task_type":"cluster_upgrade","state":"success","error":null,
         "created":"2020-11-10T16:02:04+08:00","updated":"2020-11-10T16:03:06+08:00"},
        {"task_id":"T-2","task_type":"nodepool_scaleout","state":"running","error":{"code":"x"}},
        {"task_id":"T-3","state":"failed"}]}\
      """;

  /** An oracle that shares no code with the reader. */
  private static final ObjectMapper TREE =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private long seed;

  @BeforeEach
  void chooseSeed() {
    seed = Long.getLong("acktask.fuzz.seed", System.nanoTime());
    System.out.println("ListPropertiesTest seed " + seed + ", runs " + RUNS);
  }

  @Test
  void shouldReadMutantsLikeATreeModel() {
    Mutants mutants = new Mutants(seed, LIST);
    int listed = 0;
    for (int run = 0; run < RUNS; run++) {
      byte[] body = mutants.next();
      if (read(body, run) instanceof Listing.Listed<ListedTask> answer) {
        listed++;
        assertIsOf(answer.page(), new String(body, StandardCharsets.UTF_8));
        assertIsBounded(answer.page());
      }
    }
    int read = listed;
    assertTrue(read > RUNS / 20, () -> "too few mutants are lists: " + read);
  }

  @Test
  void shouldNeverFinishATaskOfAMutantWithoutAFinalState() {
    String running = LIST.replace("success", "running").replace("failed", "running");
    Mutants mutants = new Mutants(seed, running);
    for (int run = 0; run < RUNS / 4; run++) {
      byte[] body = mutants.next();
      String text = new String(body, StandardCharsets.UTF_8);
      if (!text.contains("success")
          && read(body, run) instanceof Listing.Listed<ListedTask> answer) {
        answer
            .page()
            .items()
            .forEach(
                task ->
                    assertTrue(
                        task.state() == null || TaskState.of(task.state()) != TaskState.SUCCEEDED,
                        text));
      }
    }
  }

  /** Every task is in the body, each once; a state is that of an entry with its id. */
  private void assertIsOf(ListPage<ListedTask> page, String body) {
    JsonNode entries;
    try {
      entries = TREE.readTree(body).get("tasks");
    } catch (JsonProcessingException e) {
      throw new AssertionError("listed what is not JSON, seed " + seed + ": " + body, e);
    }
    assertEquals(entries == null ? 0 : entries.size(), page.received(), body);
    List<String> ids = new ArrayList<>();
    Set<String> states = new HashSet<>();
    for (JsonNode entry : entries) {
      ids.add(entry.path("task_id").asText());
      states.add(entry.path("task_id").asText() + "=" + entry.path("state").asText());
    }
    Set<String> once = new HashSet<>();
    for (ListedTask task : page.items()) {
      String id = task.task().taskId();
      assertTrue(ids.contains(id) && once.add(id), () -> id + " in " + body);
      assertTrue(
          !task.isFinished() || states.contains(id + "=" + task.state()),
          () -> task + " in " + body);
    }
  }

  private static void assertIsBounded(ListPage<ListedTask> page) {
    for (ListedTask task : page.items()) {
      assertTrue(task.toString().length() < 1_500, task::toString);
      assertTrue(
          task.toString().chars().noneMatch(c -> Character.isISOControl(c) || c == 0x202e),
          task::toString);
    }
  }

  private Listing<ListedTask> read(byte[] body, int run) {
    try {
      Listing<ListedTask> listing =
          Answer.of(200, body).readAs(ListFormat.tasks(ListAssertions.CLUSTER));
      assertNotNull(listing);
      return listing;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed + ", run " + run, e);
    }
  }
}
