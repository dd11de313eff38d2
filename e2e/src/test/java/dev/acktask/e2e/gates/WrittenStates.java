package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Brings an AckTask into each {@link WrittenState}, by the operator and a simulated cloud. */
final class WrittenStates implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Map<String, String> EDIT = Map.of("pollInterval", "2m");
  private static final Response OUTAGE = Response.error(500, "InternalError", "Try again.");

  private final OperatorFixture fixture;
  private final AckTasks unwatched;

  private WrittenStates(OperatorFixture fixture) {
    ControlPlane controlPlane = fixture.controlPlane();
    this.fixture = fixture;
    this.unwatched =
        new AckTasks(controlPlane.admin(), controlPlane.createNamespace("states-unwatched"));
  }

  /** Starts an operator; nothing is created yet. */
  static WrittenStates start(ControlPlane controlPlane) {
    return on(OperatorFixture.start(controlPlane, "states"));
  }

  /** The same with an operator that runs; it is closed with this. */
  static WrittenStates on(OperatorFixture fixture) {
    return new WrittenStates(fixture);
  }

  /** The object in each state, as the API server returns it at the end. */
  Map<WrittenState, JsonNode> objects() {
    create();
    return freeze();
  }

  /** Creates all, and waits until each is in its state but for edits. */
  void create() {
    createAll();
    awaitAll();
  }

  /** Freezes the operator, and edits some objects before and after that. */
  Map<WrittenState, JsonNode> freeze() {
    editAfterTheEnd();
    Map<WrittenState, JsonNode> objects = new EnumMap<>(WrittenState.class);
    for (WrittenState state : WrittenState.values()) {
      AckTasks tasks = state == WrittenState.FRESH ? unwatched : fixture.tasks();
      objects.put(state, new ObjectMapper().valueToTree(tasks.get(state.objectName())));
    }
    return objects;
  }

  /** A namespace without an operator. */
  String unwatched() {
    return unwatched.namespace();
  }

  /** Checks the history as well. */
  @Override
  public void close() {
    fixture.operator().thaw();
    fixture.close();
  }

  private void createAll() {
    unwatched.create(WrittenState.FRESH.objectName(), WrittenState.FRESH.objectName());
    for (WrittenState state : WrittenState.values()) {
      if (state != WrittenState.FRESH) {
        fixture.cloud().answers(state.objectName(), answer(state));
        fixture.tasks().create(state.objectName(), spec(state));
      }
    }
  }

  private static Map<String, ?> spec(WrittenState state) {
    String taskId = state.objectName();
    return switch (state) {
      case SUSPENDED -> Map.of("taskId", taskId, "suspend", true);
      case STALLED -> Map.of("taskId", taskId, "clusterId", "another");
      default -> Map.of("taskId", taskId);
    };
  }

  private static Response answer(WrittenState state) {
    String taskId = state.objectName();
    return switch (state) {
      case PENDING -> Answers.state(taskId, "pending");
      case UNKNOWN -> Answers.state(taskId, "thinking");
      case PAUSED -> Answers.state(taskId, "paused");
      case SUCCEEDED, SUCCEEDED_ACKNOWLEDGED, SUCCEEDED_EDITED -> Answers.success(taskId);
      case FAILED, FAILED_ACKNOWLEDGED, FAILED_EDITED ->
          Answers.failed(taskId, "QuotaExceeded", "No more instances.");
      case CANCELED -> Answers.state(taskId, "canceled");
      case OUTAGE_AT_FIRST -> OUTAGE;
      case FRESH, RUNNING, SUSPENDED, OUTAGE_WHILE_RUNNING, STALLED -> Answers.running(taskId);
    };
  }

  private void awaitAll() {
    awaitPhase(WrittenState.OUTAGE_WHILE_RUNNING, "Running");
    fixture.cloud().answers(WrittenState.OUTAGE_WHILE_RUNNING.objectName(), OUTAGE);
    for (WrittenState state : WrittenState.values()) {
      switch (state) {
        case FRESH -> {}
        case SUSPENDED -> awaitReason(state, "Ready", "Suspended");
        case OUTAGE_AT_FIRST, OUTAGE_WHILE_RUNNING -> awaitCondition(state, "Synced", "False");
        case PENDING, RUNNING -> awaitPhase(state, "Running");
        case UNKNOWN -> awaitPhase(state, "Unknown");
        case PAUSED -> awaitPhase(state, "Paused");
        case CANCELED -> awaitPhase(state, "Canceled");
        case STALLED -> awaitPhase(state, "Stalled");
        case SUCCEEDED, SUCCEEDED_ACKNOWLEDGED, SUCCEEDED_EDITED -> awaitPhase(state, "Succeeded");
        case FAILED, FAILED_ACKNOWLEDGED, FAILED_EDITED -> awaitPhase(state, "Failed");
      }
    }
  }

  /** The operator sees two of the edits, and is frozen before the other two. */
  private void editAfterTheEnd() {
    for (WrittenState state :
        new WrittenState[] {
          WrittenState.SUCCEEDED_ACKNOWLEDGED, WrittenState.FAILED_ACKNOWLEDGED
        }) {
      long generation = edit(state);
      await(state.objectName()).atMost(SOON).until(() -> observed(state) == generation);
    }
    fixture.operator().freeze();
    edit(WrittenState.SUCCEEDED_EDITED);
    edit(WrittenState.FAILED_EDITED);
  }

  private long edit(WrittenState state) {
    return fixture.tasks().patchSpec(state.objectName(), EDIT).getMetadata().getGeneration();
  }

  private long observed(WrittenState state) {
    return object(state).<Number>get("status", "observedGeneration").longValue();
  }

  private void awaitPhase(WrittenState state, String phase) {
    fixture.tasks().awaitPhase(state.objectName(), phase, SOON);
  }

  private void awaitCondition(WrittenState state, String type, String status) {
    await(state.objectName())
        .atMost(SOON)
        .until(() -> AckTasks.condition(object(state), type).equals(status));
  }

  private void awaitReason(WrittenState state, String type, String reason) {
    await(state.objectName())
        .atMost(SOON)
        .until(() -> AckTasks.reason(object(state), type).equals(reason));
  }

  private GenericKubernetesResource object(WrittenState state) {
    return fixture.tasks().get(state.objectName());
  }
}
