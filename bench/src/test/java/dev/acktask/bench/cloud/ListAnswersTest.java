package dev.acktask.bench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The lists of tasks of the simulated cloud. */
class ListAnswersTest {
  private static final int TASKS = 5;
  private static final Clusters TWO = new Clusters(2, 3, false);

  private final Map<Integer, Integer> versions = new HashMap<>();
  private final Set<Integer> finished = new HashSet<>();
  private final ListAnswers.Tasks state =
      new ListAnswers.Tasks() {
        @Override
        public int version(int task) {
          return versions.getOrDefault(task, 0);
        }

        @Override
        public boolean isFinished(int task) {
          return finished.contains(task);
        }
      };

  private JsonNode page(Clusters clusters, int cluster, Map<String, String> query)
      throws IOException {
    UpdateTimes times = new UpdateTimes(clusters.frozenUpdated());
    return new ObjectMapper()
        .readTree(new ListAnswers(clusters, TASKS, times).body(cluster, query, state));
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("tasks").forEach(task -> ids.add(task.get("task_id").asText()));
    return ids;
  }

  @Test
  void shouldListTheTasksOfAClusterThenItsHistory() throws IOException {
    assertEquals(
        List.of(
            Cloud.taskId(1),
            Cloud.taskId(3),
            "T-000000000000000100000000",
            "T-000000000000000100000001",
            "T-000000000000000100000002"),
        ids(page(TWO, 1, Map.of())));
  }

  @Test
  void shouldListTheClusterThatTheTaskNames() throws IOException {
    assertEquals(TWO.id(0), TWO.idOf(4));
    assertEquals(List.of(Cloud.taskId(0)), ids(page(TWO, 0, Map.of("page_size", "1"))));
  }

  @Test
  void shouldSendOnePageWithTotalAndToken() throws IOException {
    // when
    JsonNode page = page(TWO, 0, Map.of("page_number", "2", "page_size", "2"));

    // then
    assertEquals(List.of(Cloud.taskId(4), "T-000000000000000000000000"), ids(page));
    assertEquals(6, page.at("/page_info/total_count").asInt());
    assertEquals("4", page.get("next_token").asText());
    assertEquals(
        "", page(TWO, 0, Map.of("page_number", "3", "page_size", "2")).get("next_token").asText());
  }

  @Test
  void shouldHaveTheFieldsOfTheApi() throws IOException {
    Set<String> names = new TreeSet<>();
    page(TWO, 0, Map.of()).at("/tasks/0").fieldNames().forEachRemaining(names::add);
    assertEquals("[created, error, state, task_id, task_type, updated]", names.toString());
  }

  @Test
  void shouldMoveTheTimeOfTheUpdateWithAChange() throws IOException {
    // given
    versions.put(0, 2);
    finished.add(2);

    // when
    JsonNode tasks = page(TWO, 0, Map.of()).get("tasks");

    // then
    assertEquals("2026-02-20T10:14:32+08:00", tasks.get(0).get("updated").asText());
    assertEquals("2026-02-20T10:14:30+08:00", tasks.get(1).get("updated").asText());
    assertEquals("success", tasks.get(1).get("state").asText());
  }

  @Test
  void shouldNotMoveTheTimeOfTheUpdateWhenFrozen() throws IOException {
    versions.put(0, 2);
    JsonNode task = page(new Clusters(2, 0, true), 0, Map.of()).at("/tasks/0");
    assertEquals("2026-02-20T10:14:30+08:00", task.get("updated").asText());
  }
}
