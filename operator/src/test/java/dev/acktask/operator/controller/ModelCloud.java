package dev.acktask.operator.controller;

import dev.acktask.operator.controller.TaskModel.Answer;
import dev.acktask.operator.controller.TaskModel.Observation;
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
  private static final Map<Observation, List<String>> WORDS =
      new EnumMap<>(
          Map.of(
              Observation.RUNNING,
              List.of("running", "pending", "pausing", "resuming", "cancelling", "RUNNING\n"),
              Observation.PAUSED,
              List.of("paused"),
              Observation.STRANGE_WORD,
              List.of("SUCCESS", "success ", "Success", "odd", ""),
              Observation.SUCCESS,
              List.of("success", "succeeded"),
              Observation.FAILURE,
              List.of("fail", "failed", "error", "timeout", "FAILED "),
              Observation.CANCEL,
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

  /** Creation times by task id; absent for a task whose answers do not have one. */
  private final Map<String, Instant> created;

  private final Set<String> reportedSuccess = new HashSet<>();
  private Answer answer;
  private TaskLookup hold = HOLDS.getFirst();
  private boolean crashes;
  private int requests;

  ModelCloud(Map<String, Instant> created, Instant now) {
    this.created = created;
    this.answer = answer(Observation.RUNNING, "running", false, "c1", now);
  }

  void succeed(Instant now) {
    answer = answer(Observation.SUCCESS, "success", false, "c1", now);
  }

  void change(Random random, Instant now) {
    if (random.nextInt(10) < 4) {
      int kind = random.nextInt(HOLDS.size());
      hold = HOLDS.get(kind);
      answer = new Answer(null, "", false, null, null, null, CAUSES.get(kind));
      return;
    }
    Observation[] words = WORDS.keySet().toArray(new Observation[0]);
    Observation observation = words[random.nextInt(words.length)];
    List<String> spelled = WORDS.get(observation);
    boolean replicaLags = random.nextInt(8) == 0;
    answer =
        answer(
            observation,
            spelled.get(random.nextInt(spelled.size())),
            random.nextInt(4) == 0,
            random.nextInt(6) == 0 ? "c2" : "c1",
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
  boolean reportedSuccess(String taskId) {
    return reportedSuccess.contains(taskId);
  }

  boolean knowsNoTask() {
    return hold instanceof TaskLookup.NotFound && answer.hold() != null;
  }

  /** The current answer for {@code taskId}. */
  Answer answer(String taskId) {
    return new Answer(
        answer.observation(),
        answer.word(),
        answer.resultsFailed(),
        answer.clusterId(),
        created.get(taskId),
        answer.updated(),
        answer.hold());
  }

  TaskLookup describe(TaskRef ref) {
    if (crashes) {
      throw new StackOverflowError("as a hostile answer might cause");
    }
    if (answer.hold() != null) {
      return hold;
    }
    if (answer.observation() == Observation.SUCCESS) {
      reportedSuccess.add(ref.taskId());
    }
    Instant since = created.get(ref.taskId());
    return new TaskLookup.Found(
        TaskInfo.builder(ref.taskId(), answer.word())
            .clusterId(answer.clusterId())
            .taskType("cluster_upgrade")
            .created(since == null ? null : since.toString())
            .updated(answer.updated().toString())
            .results(
                answer.resultsFailed() ? List.of(new TaskInfo.Result("i-1", "failed")) : List.of())
            .omitted(TaskInfo.Omitted.NONE)
            .build(),
        "request-" + ++requests);
  }

  @Override
  public String toString() {
    return answer.toString();
  }

  private static Answer answer(
      Observation observation,
      String word,
      boolean resultsFailed,
      String clusterId,
      Instant updated) {
    return new Answer(observation, word, resultsFailed, clusterId, null, updated, null);
  }
}
