package dev.acktask.operator.controller;

import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The cloud of a {@link ModelWorld}, with one current answer for all tasks. */
final class ModelCloud {
  private static final Map<ModelObservation, List<String>> STATES =
      new EnumMap<>(
          Map.of(
              ModelObservation.RUNNING,
              List.of("running", "pending", "pausing", "resuming", "cancelling", "RUNNING\n"),
              ModelObservation.PAUSED,
              List.of("paused"),
              ModelObservation.STRANGE_WORD,
              List.of("SUCCESS", "success ", "Success", "odd", ""),
              ModelObservation.SUCCESS,
              List.of("success", "succeeded"),
              ModelObservation.FAILURE,
              List.of("fail", "failed", "error", "timeout", "FAILED "),
              ModelObservation.CANCEL,
              List.of("canceled", "cancelled", "cancel")));

  private static final Duration REQUESTED_PAUSE = Duration.ofSeconds(40);
  private static final Duration LAG = Duration.ofHours(2);

  /** Results without an answer. */
  private static final List<TaskLookup> HOLDS =
      List.of(
          new TaskLookup.NotFound("No such task.", "r"),
          new TaskLookup.NotFound("No such task.", "r"),
          new TaskLookup.NotFound("No such task.", "r"),
          new TaskLookup.Throttled("Slower.", null, "r"),
          new TaskLookup.Throttled("Slower.", REQUESTED_PAUSE, "r"),
          new TaskLookup.Rejected(Refusal.FORBIDDEN, "No.", "r"),
          new TaskLookup.Rejected(Refusal.CREDENTIALS_INVALID, "No.", null),
          new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null),
          new TaskLookup.Unavailable(Failure.RESPONSE_INVALID, "What?", "r"),
          new TaskLookup.Unavailable(Failure.TLS_ERROR, "Not it.", null),
          new TaskLookup.Unavailable(Failure.TASK_ID_MISMATCH, "Another.", "r"));

  /** The reason of Synced for each of {@link #HOLDS}. */
  private static final List<String> CAUSES =
      List.of(
          "TaskNotFound",
          "TaskNotFound",
          "TaskNotFound",
          "Throttled",
          "Throttled",
          "Forbidden",
          "CredentialsInvalid",
          "ApiUnavailable",
          "ResponseInvalid",
          "TlsError",
          "TaskIdMismatch");

  /** Creation times by task id; absent if the answers for the task have none. */
  private final Map<String, Instant> created;

  private final Set<String> reportedSuccess = new HashSet<>();
  private final Set<String> everReportedSuccess = new HashSet<>();
  private ModelAnswer answer;
  private TaskLookup hold = HOLDS.getFirst();
  private boolean crashes;
  private int requests;

  ModelCloud(Map<String, Instant> created, Instant now) {
    this.created = created;
    this.answer = ModelAnswer.Found.of(ModelObservation.RUNNING, "running", now);
  }

  void succeed(Instant now) {
    answer = ModelAnswer.Found.of(ModelObservation.SUCCESS, "success", now);
  }

  void change(Random random, Instant now) {
    if (random.nextInt(10) < 4) {
      int kind = random.nextInt(HOLDS.size());
      hold = HOLDS.get(kind);
      answer = new ModelAnswer.Hold(CAUSES.get(kind));
      return;
    }
    ModelObservation[] observations = STATES.keySet().toArray(new ModelObservation[0]);
    ModelObservation observation = observations[random.nextInt(observations.length)];
    List<String> spelled = STATES.get(observation);
    boolean replicaLags = random.nextInt(8) == 0;
    answer =
        new ModelAnswer.Found(
            observation,
            spelled.get(random.nextInt(spelled.size())),
            random.nextInt(4) == 0,
            random.nextInt(6) == 0 ? "c2" : "c1",
            null,
            replicaLags ? now.minus(LAG) : now);
  }

  /** Makes the client throw, which it must never do. */
  void crash(boolean crashing) {
    crashes = crashing;
  }

  boolean crashes() {
    return crashes;
  }

  /** True when the cloud ever reported success for the task. */
  boolean everReportedSuccess(String taskId) {
    return everReportedSuccess.contains(taskId);
  }

  /** True when it did so through the present connection. */
  boolean reportedSuccess(String taskId) {
    return reportedSuccess.contains(taskId);
  }

  /** Another connection may be another account. */
  void connectionChanges() {
    reportedSuccess.clear();
  }

  boolean knowsNoTask() {
    return hold instanceof TaskLookup.NotFound && answer instanceof ModelAnswer.Hold;
  }

  /** The current answer for {@code taskId}. */
  ModelAnswer answer(String taskId) {
    return answer instanceof ModelAnswer.Found found
        ? found.withCreated(created.get(taskId))
        : answer;
  }

  TaskLookup describe(TaskRef ref) {
    if (crashes) {
      throw new StackOverflowError("as a hostile answer might cause");
    }
    return switch (answer(ref.taskId())) {
      case ModelAnswer.Hold held -> hold;
      case ModelAnswer.Found found -> lookup(ref, found);
    };
  }

  private TaskLookup lookup(TaskRef ref, ModelAnswer.Found found) {
    if (found.observation() == ModelObservation.SUCCESS) {
      reportedSuccess.add(ref.taskId());
      everReportedSuccess.add(ref.taskId());
    }
    Instant since = found.created();
    return new TaskLookup.Found(
        TaskInfo.builder(ref.taskId(), found.state())
            .clusterId(found.clusterId())
            .taskType("cluster_upgrade")
            .created(since == null ? null : since.toString())
            .updated(found.updated().toString())
            .results(
                found.resultsFailed() ? List.of(new TaskInfo.Result("i-1", "failed")) : List.of())
            .omitted(TaskInfo.Omitted.NONE)
            .build(),
        "request-" + ++requests);
  }

  @Override
  public String toString() {
    return answer.toString();
  }
}
