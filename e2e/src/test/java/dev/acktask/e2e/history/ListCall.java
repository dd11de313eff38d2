package dev.acktask.e2e.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.requestlog.RequestRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One request for a list. It is no poll of a task, whatever it lists.
 *
 * @param asked arrival of the request
 * @param region that the request names
 * @param clusterId the cluster whose tasks are listed; empty for clusters and plans
 * @param taskIds of the answer, as far as it was sent
 */
public record ListCall(
    Instant asked, Operation operation, String region, String clusterId, Set<String> taskIds) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<Operation> LISTS =
      Set.of(
          Operation.DESCRIBE_CLUSTER_TASKS,
          Operation.DESCRIBE_CLUSTERS_V1,
          Operation.DESCRIBE_CLUSTERS_FOR_REGION,
          Operation.LIST_OPERATION_PLANS,
          Operation.LIST_OPERATION_PLANS_FOR_REGION);

  /** Copies the set. */
  public ListCall {
    taskIds = Set.copyOf(taskIds);
  }

  static boolean is(RequestRecord served) {
    return served.operation().filter(LISTS::contains).isPresent();
  }

  /** Of a request that {@link #is} one for a list. */
  static ListCall of(RequestRecord served) {
    return new ListCall(
        served.time(),
        served.operation().orElseThrow(),
        served.region(),
        served.clusterId().orElse(""),
        served.status() == 200 ? taskIds(served.body()) : Set.of());
  }

  /** All ids up to the first error, because the simulator keeps the beginning of a long answer. */
  static Set<String> taskIds(String body) {
    Set<String> ids = new LinkedHashSet<>();
    try (JsonParser parser = JSON.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "task_id".equals(parser.currentName())) {
          ids.add(parser.getText());
        }
      }
    } catch (IOException cut) {
      // the end of the kept part
    }
    return ids;
  }
}
