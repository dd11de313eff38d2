package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.simulator.operation.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds histories step by step; only {@link #pass} advances time. */
final class ForgedHistory {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final List<ObjectVersion> versions = new ArrayList<>();
  private final List<ObjectVersion> gates = new ArrayList<>();
  private final List<CloudAnswer> answers = new ArrayList<>();
  private final List<ListCall> lists = new ArrayList<>();
  private final List<SecretRead> secretReads = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> canaries = new HashSet<>();
  private final Set<String> namedSecrets = new HashSet<>();
  private final Instant start = Instant.parse("2026-01-01T00:00:00Z");
  private Instant now = start;
  private ObjectNode object = JSON.createObjectNode();
  private String region = "cn-hangzhou";
  private int objects;
  private long revision;

  /** An object that has reported a running task. */
  static ForgedHistory running() {
    return new ForgedHistory()
        .create("T-1")
        .pass(INTERVAL)
        .answer("running")
        .report("Running")
        .pass(INTERVAL);
  }

  ForgedHistory pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** A new object, under the same name as the one before. */
  ForgedHistory create(String taskId) {
    return create(taskId, "");
  }

  /** A new object whose task must belong to {@code clusterId}. */
  ForgedHistory create(String taskId, String clusterId) {
    prepare(taskId, clusterId);
    return stored();
  }

  private void prepare(String taskId, String clusterId) {
    object = JSON.createObjectNode();
    object
        .putObject("metadata")
        .put("namespace", "ns")
        .put("name", "task")
        .put("uid", "uid-" + ++objects)
        .put("generation", 1)
        .put("creationTimestamp", now.toString());
    object
        .putObject("spec")
        .put("taskId", taskId)
        .put("clusterId", clusterId)
        .put("successPolicy", "Strict");
    object.putObject("status").put("observedGeneration", -1).put("phase", "Pending");
  }

  /** The cloud lists tasks of a cluster. */
  ForgedHistory list(String clusterId, String... taskIds) {
    lists.add(
        new ListCall(now, Operation.DESCRIBE_CLUSTER_TASKS, region, clusterId, Set.of(taskIds)));
    return this;
  }

  /** A discovery creates an object, which has a connection. */
  ForgedHistory discover(String discovery, String taskId, String clusterId) {
    prepare(taskId, clusterId);
    object.withObject("/metadata/labels").put(ObjectVersion.DISCOVERED_BY, discovery);
    return connected("ClusterAckConnection", "default").writtenByOperator().stored();
  }

  /** The object that is being built has no label. */
  ForgedHistory unmarked() {
    object.withObject("/metadata").remove("labels");
    versions.removeLast();
    return stored();
  }

  /** The object that is being built has another connection. */
  ForgedHistory of(String kind, String name) {
    versions.removeLast();
    return connected(kind, name).stored();
  }

  private ForgedHistory connected(String kind, String name) {
    object.withObject("/spec/connectionRef").put("kind", kind).put("name", name);
    return this;
  }

  private ForgedHistory writtenByOperator() {
    object.withArray("/metadata/managedFields").addObject().put("manager", "acktask-operator");
    return this;
  }

  private ForgedHistory stored() {
    return store(false, false);
  }

  ForgedHistory editSpec() {
    ObjectNode metadata = object.withObject("/metadata");
    metadata.put("generation", metadata.get("generation").asLong() + 1);
    return store(false, false);
  }

  ForgedHistory delete() {
    return store(true, false);
  }

  ForgedHistory answer(String state) {
    return answer(200, "{\"task_id\":\"T-1\",\"state\":\"" + state + "\"}");
  }

  ForgedHistory answer(int status, String body) {
    answers.add(new CloudAnswer(now, "T-1", region, status, body, true));
    return this;
  }

  /** Further answers are of {@code regionId}; a status names the region of its time. */
  ForgedHistory region(String regionId) {
    region = regionId;
    return this;
  }

  /** The operator writes a complete and consistent status. */
  ForgedHistory report(String phase) {
    ObjectNode status = status(phase, "T-1", object.at("/metadata/generation").asLong());
    return report(status);
  }

  ForgedHistory report(ObjectNode status) {
    status.putObject("connection").put("regionId", region);
    object.set("status", status);
    return store(false, false);
  }

  ForgedHistory forge(String phase) {
    object.set("status", status(phase, "T-1", object.at("/metadata/generation").asLong()));
    return store(false, true);
  }

  /** A gate on the AckTasks of these names has a status with this phase. */
  ForgedHistory gate(String phase, String... tasks) {
    ObjectNode spec = JSON.createObjectNode().put("mode", "AllSucceeded");
    for (String task : tasks) {
      spec.withArray("/taskRefs").addObject().put("name", task);
    }
    return gate(phase, spec, false);
  }

  /** A gate on {@code count} AckTasks with a label has a status with this phase. */
  ForgedHistory gate(String phase, String key, String value, int count) {
    ObjectNode spec = JSON.createObjectNode().put("mode", "AllSucceeded").put("count", count);
    spec.withObject("/selector/matchLabels").put(key, value);
    return gate(phase, spec, false);
  }

  /** The status of a gate on the AckTasks of these names was written by the test. */
  ForgedHistory forgeGate(String phase, String task) {
    ObjectNode spec = JSON.createObjectNode().put("mode", "AllSucceeded");
    spec.withArray("/taskRefs").addObject().put("name", task);
    return gate(phase, spec, true);
  }

  private ForgedHistory gate(String phase, ObjectNode spec, boolean isForged) {
    ObjectNode gate = JSON.createObjectNode();
    gate.putObject("metadata")
        .put("namespace", "ns")
        .put("name", "gate")
        .put("uid", "gate")
        .put("creationTimestamp", start.toString());
    gate.set("spec", spec);
    gate.putObject("status").put("phase", phase);
    gates.add(new ObjectVersion(now, ++revision, false, isForged, gate));
    return this;
  }

  /** The object that is being built has a label from now on. */
  ForgedHistory label(String key, String value) {
    object.withObject("/metadata/labels").put(key, value);
    return stored();
  }

  ForgedHistory readSecret(String namespace, String name) {
    secretReads.add(new SecretRead("get", namespace, name));
    return this;
  }

  ForgedHistory nameSecret(String namespace, String name) {
    namedSecrets.add(namespace + "/" + name);
    return this;
  }

  ForgedHistory plant(String canary) {
    canaries.add(canary);
    return this;
  }

  ForgedHistory log(String line) {
    texts.merge("operator.log", line + "\n", String::concat);
    return this;
  }

  /** Ends long after all bounds. */
  History end() {
    return new History(
        new History.Objects(versions, gates),
        new CloudCalls(answers, lists),
        new History.SecretAccess(secretReads, namedSecrets),
        new History.Output(texts, canaries),
        Bounds.undisturbed(INTERVAL),
        new History.Period(start, now.plus(Duration.ofHours(1))));
  }

  static ObjectNode status(String phase, String taskId, long generation) {
    ObjectNode status = JSON.createObjectNode();
    status.put("observedGeneration", generation).put("phase", phase).put("taskId", taskId);
    String verdict =
        switch (phase) {
          case "Succeeded" -> "True";
          case "Failed", "Canceled" -> "False";
          default -> "Unknown";
        };
    ArrayNode conditions = status.putArray("conditions");
    for (String type : List.of("Ready", "Succeeded")) {
      condition(conditions, type, verdict, generation);
    }
    if (verdict.equals("Unknown")) {
      condition(conditions, "Reconciling", "True", generation);
    } else if (verdict.equals("False")) {
      condition(conditions, "Stalled", "True", generation);
    }
    return status;
  }

  static void condition(ArrayNode conditions, String type, String status, long generation) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", status)
        .put("observedGeneration", generation);
  }

  private ForgedHistory store(boolean deleted, boolean forged) {
    JsonNode stored = object.deepCopy();
    versions.add(new ObjectVersion(now, ++revision, deleted, forged, stored));
    return this;
  }
}
