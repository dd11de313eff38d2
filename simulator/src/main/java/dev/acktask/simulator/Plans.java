package dev.acktask.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.account.MaintenancePlan;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.TaskJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The plans of ACK's own maintenance in one region of one account. */
final class Plans {
  /** The documented limit of ListOperationPlansForRegion. */
  private static final int MOST = 100;

  private static final Duration ANNOUNCED = Duration.ofDays(1);
  private static final Duration WINDOW = Duration.ofHours(4);

  private final Map<String, MaintenancePlan> plans = new LinkedHashMap<>();

  /**
   * Adds a plan, or replaces the one with its id.
   *
   * @param now start of a plan without one, unless it replaces one that has a start
   */
  synchronized void put(MaintenancePlan plan, Instant now) {
    Optional<Instant> before =
        Optional.ofNullable(plans.get(plan.id())).flatMap(MaintenancePlan::start);
    plans.put(plan.id(), plan.withStart(plan.start().or(() -> before).orElse(now)));
  }

  /** The body of ListOperationPlansForRegion. */
  Response ofRegion(Map<String, String> query) {
    return response(
        recent().stream()
            .filter(plan -> matches(query, "cluster_id", plan.clusterId()))
            .filter(plan -> matches(query, "type", plan.type()))
            .filter(plan -> matches(query, "state", plan.state()))
            .limit(MOST)
            .map(
                plan ->
                    json(plan, plan.type(), plan.state()).<ObjectNode>set("state_reason", reason()))
            .toList());
  }

  /** The body of ListOperationPlans, whose types and states are in lower case. */
  Response ofAccount(Map<String, String> query) {
    return response(
        recent().stream()
            .filter(plan -> matches(query, "cluster_id", plan.clusterId()))
            .filter(plan -> matches(query, "type", lower(plan.type())))
            .map(plan -> json(plan, lower(plan.type()), lower(plan.state())))
            .toList());
  }

  private synchronized List<MaintenancePlan> recent() {
    return plans.values().stream()
        .sorted(
            Comparator.comparing((MaintenancePlan plan) -> plan.start().orElseThrow()).reversed())
        .toList();
  }

  private static boolean matches(Map<String, String> query, String filter, String value) {
    return query.getOrDefault(filter, value).equals(value);
  }

  private static ObjectNode json(MaintenancePlan plan, String type, String state) {
    Instant start = plan.start().orElseThrow();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("plan_id", plan.id())
        .put("cluster_id", plan.clusterId())
        .put("created", TaskJson.zoned(start.minus(ANNOUNCED)))
        .put("start_time", TaskJson.zoned(start))
        .put("end_time", TaskJson.zoned(start.plus(WINDOW)))
        .put("state", state)
        .put("type", type)
        .put("target_type", "cluster")
        .put("target_id", plan.clusterId())
        .put("task_id", plan.taskId().orElse(""));
    return node;
  }

  private static ObjectNode reason() {
    return JsonNodeFactory.instance.objectNode().put("code", "").put("message", "");
  }

  private static Response response(List<ObjectNode> plans) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode all = body.putArray("plans");
    plans.forEach(all::add);
    return Response.json(200, body.toString());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
