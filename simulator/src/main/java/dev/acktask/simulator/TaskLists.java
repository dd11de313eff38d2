package dev.acktask.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.list.Page;
import dev.acktask.simulator.list.TaskSelection;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.ListedTask;
import dev.acktask.simulator.script.TaskJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The answers of DescribeClusterTasks in one region of one account. */
final class TaskLists {
  private final TaskRegistry registry;
  private final Map<String, Map<String, ListedTask>> entries = new ConcurrentHashMap<>();
  private final Map<String, Function<Map<String, String>, Response>> responses =
      new ConcurrentHashMap<>();

  /** With a fixed seed, so that runs are reproducible. */
  private final Random random = new Random(0);

  private volatile ListBehaviour behaviour = ListBehaviour.DEFAULT;

  TaskLists(TaskRegistry registry) {
    this.registry = registry;
  }

  void behave(ListBehaviour newBehaviour) {
    behaviour = newBehaviour;
  }

  void answer(String clusterId, Function<Map<String, String>, Response> ofQuery) {
    responses.put(clusterId, ofQuery);
  }

  void put(String clusterId, ListedTask task) {
    entries.computeIfAbsent(clusterId, id -> new ConcurrentHashMap<>()).put(task.taskId(), task);
  }

  void remove(String clusterId, String taskId) {
    entries.getOrDefault(clusterId, Map.of()).remove(taskId);
  }

  /**
   * The answer to one request.
   *
   * @throws IllegalArgumentException when a parameter of its page is not a positive number
   * @throws ArithmeticException when the page is too far away
   */
  Response answer(String clusterId, Map<String, String> query) {
    Function<Map<String, String>, Response> fixed = responses.get(clusterId);
    if (fixed != null) {
      return fixed.apply(query);
    }
    ListBehaviour now = behaviour;
    Page page = Page.of(query, now.paging());
    return response(page, listed(clusterId, query, now), now.paging());
  }

  private List<ListedTask> listed(String clusterId, Map<String, String> query, ListBehaviour how) {
    Instant now = registry.now();
    Map<String, ListedTask> all = new LinkedHashMap<>();
    registry
        .ofCluster(clusterId, now)
        .forEach(view -> all.put(view.script().taskId(), ListedTask.of(view)));
    all.putAll(entries.getOrDefault(clusterId, Map.of()));
    return new TaskSelection(how, now, query).of(new ArrayList<>(all.values()), random);
  }

  private static Response response(Page page, List<ListedTask> tasks, ListBehaviour.Paging how) {
    Response response = Response.json(200, "");
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("requestId", Header.first(response.headers(), Response.REQUEST_ID).orElse(""));
    if (how.hasTokens()) {
      body.put("next_token", page.nextToken(tasks));
    }
    body.putObject("page_info")
        .put("page_number", page.number())
        .put("page_size", page.size())
        .put("total_count", page.total(tasks) + how.totalCountError());
    body.set("tasks", TaskJson.entries(page.of(tasks)));
    return response.body(Body.of(body.toString()));
  }
}
