package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.ListedTask;
import dev.acktask.simulator.script.Step;
import dev.acktask.simulator.script.TaskScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of the tasks of a cluster of an account, as a test sets it up. */
@Timeout(30)
class TaskListTest extends AccountsTestCase {
  private SimulatedRegion region() {
    return simulator.account(FIRST).region("cn-hangzhou");
  }

  private JsonNode list(String clusterId, String query) throws Exception {
    return SimulatorTestCase.body(byFirst(SignedRequest.list(clusterId, query).host(HANGZHOU)));
  }

  private List<String> ids(String clusterId) throws Exception {
    List<String> ids = new ArrayList<>();
    list(clusterId, "").get("tasks").forEach(task -> ids.add(task.get("task_id").asText()));
    return ids;
  }

  @Test
  void shouldHaveTheDocumentedFieldsAndNoOthers() throws Exception {
    // when
    JsonNode body = list("c3", "");

    // then
    assertEquals(Set.of("requestId", "next_token", "page_info", "tasks"), names(body));
    assertEquals(
        Set.of("task_id", "task_type", "state", "created", "updated", "error"),
        names(body.get("tasks").get(0)));
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void shouldListTheTasksOfTheClusterOnly() throws Exception {
    assertEquals(List.of(TASK), ids("c3"));
    assertEquals(List.of(), ids("c1"));
  }

  @Test
  void shouldMoveATaskThatIsPlayedAgainInAnotherCluster() throws Exception {
    region().play(taskOf("c1"));
    assertEquals(List.of(TASK), ids("c1"));
    assertEquals(List.of(), ids("c3"));
  }

  private static TaskScript taskOf(String clusterId) {
    return TaskScript.builder(TASK, clusterId)
        .timeline(List.of(Step.builder(Duration.ZERO).state("running").build()))
        .build();
  }

  @Test
  void shouldListWhatTheDetailsDoNotKnow() throws Exception {
    // given
    ListedTask wrong = ListedTask.builder(TASK, clock.instant()).state("success").build();
    region().putListed("c3", wrong);
    region().putListed("c3", ListedTask.builder("T odd \"id\"", clock.instant()).build());

    // then
    assertEquals("success", list("c3", "state=success").at("/tasks/0/state").asText());
    assertEquals("running", state(byFirst(task(TASK, HANGZHOU))));
    assertEquals(2, ids("c3").size());
  }

  @Test
  void shouldForgetAnEntryThatIsRemoved() throws Exception {
    region().putListed("c1", ListedTask.builder("T-1", clock.instant()).build());
    region().removeListed("c1", "T-1");
    assertEquals(List.of(), ids("c1"));
  }

  @Test
  void shouldSendTheAnswersThatATestSets() throws Exception {
    region()
        .answersTasksOf(
            "c1", query -> Response.json(200, "{\"asked\":\"" + query.get("page_number") + "\"}"));
    assertEquals("7", list("c1", "page_number=7").get("asked").asText());
  }

  @Test
  void shouldBehaveAsATestSays() throws Exception {
    // given
    region().listBehaviour(ListBehaviour.builder().delay(Duration.ofSeconds(30)).build());
    assertEquals(List.of(), ids("c3"));

    // when
    clock.advance(Duration.ofSeconds(30));

    // then
    assertEquals(List.of(TASK), ids("c3"));
  }

  @Test
  void shouldSendAWrongTotalAndNoToken() throws Exception {
    // given
    ListBehaviour.Paging wrong = new ListBehaviour.Paging(41, 0, 1, false);
    region().listBehaviour(ListBehaviour.builder().paging(wrong).build());
    region().putListed("c3", ListedTask.builder("T-1", clock.instant()).build());

    // when
    JsonNode body = list("c3", "page_size=100");

    // then
    assertEquals(43, body.at("/page_info/total_count").asInt());
    assertEquals(1, body.get("tasks").size());
    assertFalse(body.has("next_token"));
  }

  @Test
  void shouldListAndDescribeTheHistoryOfACluster() throws Exception {
    // when
    region().putCluster(Cluster.of("c1").withHistory(25));
    JsonNode body = list("c1", "page_size=100");

    // then
    assertEquals(25, body.get("tasks").size());
    String failed = list("c1", "state=failed").at("/tasks/0/task_id").asText();
    assertEquals("failed", state(byFirst(task(failed, HANGZHOU))));
  }

  @Test
  void shouldNotRepeatTheHistoryWhenTheClusterIsPutAgain() throws Exception {
    region().putCluster(Cluster.of("c1").withHistory(5));
    clock.advance(Duration.ofHours(1));
    region().putCluster(Cluster.of("c1").withHistory(5));
    assertEquals(5, ids("c1").size());
  }

  @Test
  void shouldCountTheListsOfACluster() throws Exception {
    // when
    ids("c3");
    ids("c3");

    // then
    assertEquals(2, simulator.listCount("c3"));
    assertEquals(0, simulator.listCount("c1"));
    assertEquals("c3", simulator.served().get(0).clusterId().orElseThrow());
    assertEquals(0, simulator.callCount(TASK));
  }
}
