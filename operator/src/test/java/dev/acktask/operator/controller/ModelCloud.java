package dev.acktask.operator.controller;

import dev.acktask.operator.controller.TaskModel.Answer;
import dev.acktask.operator.controller.TaskModel.Seen;
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

/** The cloud of a {@link ModelWorld}: one answer at a time, the same for every task. */
final class ModelCloud {
  private static final Map<Seen, List<String>> WORDS =
      new EnumMap<>(
          Map.of(
              Seen.RUNNING,
              List.of("running", "pending", "pausing", "resuming", "cancelling", "RUNNING\n"),
              Seen.PAUSED,
              List.of("paused"),
              Seen.STRANGE_WORD,
              List.of("SUCCESS", "success ", "Success", "odd", ""),
              Seen.SUCCESS,
              List.of("success", "succeeded"),
              Seen.FAILURE,
              List.of("fail", "failed", "error", "timeout", "FAILED "),
              Seen.CANCEL,
              List.of("canceled", "cancelled", "cancel")));

  private static final Duration ASKED_PAUSE = Duration.ofSeconds(40);
  private static final Duration LAG = Duration.ofHours(2);

  /** No answer: the reason that Synced then gives, and what the client returns. */
  private static final List<TaskLookup> HOLDS =
      List.of(
          new TaskLookup.NotFound("No such task.", "r"),
          new TaskLookup.NotFound("No such task.", "r"),
          new TaskLookup.NotFound("No such task.", "r"),
          new TaskLookup.Throttled("Slower.", null, "r"),
          new TaskLookup.Throttled("Slower.", ASKED_PAUSE, "r"),
          new TaskLookup.Rejected(Refusal.FORBIDDEN, "No.", "r"),
          new TaskLookup.Rejected(Refusal.CREDENTIALS_INVALID, "No.", null),
          new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null),
          new TaskLookup.Unavailable(Failure.RESPONSE_INVALID, "What?", "r"),
          new TaskLookup.Unavailable(Failure.TLS_ERROR, "Not it.", null),
          new TaskLookup.Unavailable(Failure.TASK_ID_MISMATCH, "Another.", "r"));

  /** In the order of {@link #HOLDS}. */
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

  /** Since when a task exists; of one it is not said. */
  private final Map<String, Instant> created;

  private final Set<String> saidSuccess = new HashSet<>();
  private Answer answer;
  private TaskLookup hold = HOLDS.getFirst();
  private boolean crashes;
  private int requests;

  ModelCloud(Map<String, Instant> created, Instant now) {
    this.created = created;
    this.answer = answer(Seen.RUNNING, "running", false, "c1", now);
  }

  void succeed(Instant now) {
    answer = answer(Seen.SUCCESS, "success", false, "c1", now);
  }

  void change(Random random, Instant now) {
    if (random.nextInt(10) < 4) {
      int kind = random.nextInt(HOLDS.size());
      hold = HOLDS.get(kind);
      answer = new Answer(null, "", false, null, null, null, CAUSES.get(kind));
      return;
    }
    Seen[] words = WORDS.keySet().toArray(new Seen[0]);
    Seen seen = words[random.nextInt(words.length)];
    List<String> spelled = WORDS.get(seen);
    boolean replicaLags = random.nextInt(8) == 0;
    answer =
        answer(
            seen,
            spelled.get(random.nextInt(spelled.size())),
            random.nextInt(4) == 0,
            random.nextInt(6) == 0 ? "c2" : "c1",
            replicaLags ? now.minus(LAG) : now);
  }

  /** From now on the client fails in a way that it must not; until further notice. */
  void crash(boolean crashing) {
    crashes = crashing;
  }

  boolean crashes() {
    return crashes;
  }

  /** True when this task was ever said to have succeeded. */
  boolean saidSuccess(String taskId) {
    return saidSuccess.contains(taskId);
  }

  boolean knowsNoTask() {
    return hold instanceof TaskLookup.NotFound && answer.hold() != null;
  }

  /** The present answer as it is for {@code taskId}. */
  Answer answer(String taskId) {
    return new Answer(
        answer.seen(),
        answer.word(),
        answer.resultsFailed(),
        answer.clusterId(),
        created.get(taskId),
        answer.updated(),
        answer.hold());
  }

  TaskLookup say(TaskRef ref) {
    if (crashes) {
      throw new StackOverflowError("as a hostile answer might cause");
    }
    if (answer.hold() != null) {
      return hold;
    }
    if (answer.seen() == Seen.SUCCESS) {
      saidSuccess.add(ref.taskId());
    }
    Instant since = created.get(ref.taskId());
    return new TaskLookup.Found(
        new TaskInfo(
            ref.taskId(),
            answer.word(),
            answer.clusterId(),
            "cluster_upgrade",
            since == null ? null : since.toString(),
            answer.updated().toString(),
            null,
            null,
            List.of(),
            List.of(),
            answer.resultsFailed() ? List.of(new TaskInfo.Result("i-1", "failed")) : List.of(),
            null,
            null,
            TaskInfo.Omitted.NONE),
        "request-" + ++requests);
  }

  @Override
  public String toString() {
    return answer.toString();
  }

  private static Answer answer(
      Seen seen, String word, boolean resultsFailed, String clusterId, Instant updated) {
    return new Answer(seen, word, resultsFailed, clusterId, null, updated, null);
  }
}
