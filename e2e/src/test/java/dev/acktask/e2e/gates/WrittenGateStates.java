package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.ListedTask;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Brings an AckTaskGate into each {@link WrittenGateState}, by the operator and a cloud. */
final class WrittenGateStates {
  /** A list counts for two minutes. */
  private static final Duration OUTDATED = Duration.ofMinutes(4);

  private static final Response OUTAGE = Response.error(500, "InternalError", "Try again.");
  private static final String LABEL = "gate";

  private final Gates gates;
  private final String unwatched;

  /**
   * @param unwatched a namespace without an operator
   */
  WrittenGateStates(Gates gates, String unwatched) {
    this.gates = gates;
    this.unwatched = unwatched;
  }

  /** Creates all of them, and begins the outage that has to last. */
  void begin() {
    for (WrittenGateState state : WrittenGateState.values()) {
      createMembers(state);
    }
    put("suspended", true, List.of(WrittenGateState.DISCOVERY_SUSPENDED));
    gates.region().answersTasksOf(WrittenGateState.NOT_SWEPT.clusterId(), query -> OUTAGE);
    list(WrittenGateState.BUSY, "running");
    put(
        "all",
        false,
        Stream.of(WrittenGateState.values()).filter(WrittenGateState::isNoneRunning).toList());
    gates.createIn(unwatched, WrittenGateState.FRESH.objectName(), spec(WrittenGateState.FRESH));
    for (WrittenGateState state : WrittenGateState.values()) {
      if (state != WrittenGateState.FRESH) {
        gates.create(state.objectName(), spec(state));
      }
    }
    beginOutage(WrittenGateState.OUTDATED);
  }

  /** Waits until each is in its state. */
  void end() {
    gates.awaitVerdict(WrittenGateState.CLOSED_AGAIN.objectName(), "True/NoneRunning");
    list(WrittenGateState.CLOSED_AGAIN, "running");
    await()
        .atMost(Gates.SOON)
        .until(() -> condition(WrittenGateState.OVERDUE, "Overdue").equals("True"));
    gates.awaitVerdict(
        WrittenGateState.OUTDATED.objectName(), WrittenGateState.OUTDATED.succeeded(), OUTDATED);
    beginOutage(WrittenGateState.LIST_FAILED);
    for (WrittenGateState state :
        List.of(
            WrittenGateState.OUTAGE, WrittenGateState.NOT_SWEPT, WrittenGateState.LIST_FAILED)) {
      await(state.objectName())
          .atMost(Gates.SOON)
          .until(() -> condition(state, "Synced").equals("False"));
    }
    for (WrittenGateState state : WrittenGateState.values()) {
      if (state != WrittenGateState.FRESH) {
        gates.awaitVerdict(state.objectName(), state.succeeded());
      }
    }
  }

  /** The object in each state. */
  Map<WrittenGateState, GenericKubernetesResource> objects() {
    Map<WrittenGateState, GenericKubernetesResource> objects =
        new EnumMap<>(WrittenGateState.class);
    for (WrittenGateState state : WrittenGateState.values()) {
      objects.put(
          state,
          state == WrittenGateState.FRESH
              ? gates.getIn(unwatched, state.objectName())
              : gates.get(state.objectName()));
    }
    return objects;
  }

  /** The states of the tasks that a gate waits for. */
  private static List<String> members(WrittenGateState state) {
    return switch (state) {
      case RUNNING -> List.of("success", "running");
      case MISSING -> List.of("success");
      case FOUR_OF_FIVE -> List.of("success", "success", "success", "success");
      case TOO_MANY, SUCCEEDED -> List.of("success", "success");
      case OUTAGE, OVERDUE -> List.of("running");
      case FAILED -> List.of("failed", "running");
      default -> List.of();
    };
  }

  private String spec(WrittenGateState state) {
    return switch (state) {
      case FRESH, RUNNING, MISSING, FAILED -> named(state, 2);
      case OUTAGE -> named(state, 1);
      case OVERDUE -> named(state, 1) + ", deadline: 1s";
      case EMPTY, FOUR_OF_FIVE -> selected(state, 5);
      case TOO_MANY -> selected(state, 1);
      case SUCCEEDED -> selected(state, 2);
      case NO_DISCOVERY -> quiet(state, "missing");
      case DISCOVERY_SUSPENDED -> quiet(state, "suspended");
      case NOT_SWEPT, BUSY, QUIET, CLOSED_AGAIN, OUTDATED, LIST_FAILED -> quiet(state, "all");
    };
  }

  private static String named(WrittenGateState state, int count) {
    List<String> references =
        IntStream.range(0, count).mapToObj(i -> "{name: " + member(state, i) + "}").toList();
    return "mode: AllSucceeded, taskRefs: " + references;
  }

  private static String selected(WrittenGateState state, int count) {
    return "mode: AllSucceeded, selector: {matchLabels: {%s: %s}}, since: 1h, count: %d"
        .formatted(LABEL, state.objectName(), count);
  }

  private static String quiet(WrittenGateState state, String discovery) {
    return "mode: NoneRunning, clusterIds: [%s], discoveryRef: {name: %s}"
        .formatted(state.clusterId(), discovery);
  }

  private void createMembers(WrittenGateState state) {
    List<String> words = members(state);
    for (int i = 0; i < words.size(); i++) {
      String name = member(state, i);
      String taskId = gates.taskId(name);
      gates
          .fixture()
          .cloud()
          .answers(
              taskId,
              state == WrittenGateState.OUTAGE
                  ? OUTAGE
                  : Answers.state(taskId, words.get(i), Instant.now()));
      gates.tasks().create(name, taskId, Map.of(LABEL, state.objectName()));
    }
  }

  private static String member(WrittenGateState state, int index) {
    return "gate-" + state.objectName() + "-" + index;
  }

  private void put(String discovery, boolean isSuspended, List<WrittenGateState> states) {
    List<String> ids = new ArrayList<>();
    states.forEach(state -> ids.add(state.clusterId()));
    gates.apply(
        gates.tasks().namespace(),
        "AckTaskDiscovery",
        discovery,
        "clusters: {ids: %s}, mode: ReportOnly, suspend: %s".formatted(ids, isSuspended));
  }

  private void list(WrittenGateState state, String word) {
    gates
        .region()
        .putListed(
            state.clusterId(),
            ListedTask.builder("T-" + state.objectName(), Instant.now()).state(word).build());
  }

  /** The list of the cluster of an open gate is not answered any more. */
  private void beginOutage(WrittenGateState state) {
    gates.awaitVerdict(state.objectName(), "True/NoneRunning");
    gates.region().answersTasksOf(state.clusterId(), query -> OUTAGE);
  }

  private String condition(WrittenGateState state, String type) {
    return AckTasks.condition(gates.get(state.objectName()), type);
  }
}
