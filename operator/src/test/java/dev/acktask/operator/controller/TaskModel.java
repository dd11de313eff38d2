package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The table of conditions as a model of one AckTask. It shares only the API records with the
 * operator, so that no error in the operator's code can hide in it.
 */
final class TaskModel {
  static final Duration GRACE = Duration.ofMinutes(5);

  private TaskModel() {}

  /** The last observation, with its phase and Succeeded condition. */
  enum Observation {
    NOTHING("Pending", "Unknown/NotObserved"),
    RUNNING("Running", "Unknown/Running"),
    PAUSED("Paused", "Unknown/Paused"),
    STRANGE_WORD("Unknown", "Unknown/UnrecognizedState"),
    SUCCESS("Succeeded", "True/TaskSucceeded"),
    FAILED_RESULTS("Failed", "False/ResultsFailed"),
    FAILURE("Failed", "False/TaskFailed"),
    CANCEL("Canceled", "False/TaskCanceled"),
    MISSING("Stalled", "False/TaskNotFound"),
    OTHER_CLUSTER("Stalled", "False/ClusterMismatch"),
    MALFORMED_ID("Stalled", "False/InvalidSpec");

    final String phase;
    final String succeeded;

    Observation(String phase, String succeeded) {
      this.phase = phase;
      this.succeeded = succeeded;
    }

    boolean settled() {
      return !succeeded.startsWith("Unknown");
    }

    boolean finished() {
      return settled() && !phase.equals("Stalled");
    }
  }

  /**
   * Answer of the cloud.
   *
   * @param observation meaning of the state; null without an answer
   * @param hold reason of Synced without an answer; null with one
   */
  record Answer(
      Observation observation,
      String word,
      boolean resultsFailed,
      String clusterId,
      Instant created,
      Instant updated,
      String hold) {}

  /**
   * The expected status.
   *
   * @param phase forged phase that contradicts the conditions, or null
   * @param created creation of the task, or null
   * @param updated last change of the task in the status, or null
   * @param own false when another client wrote the status last
   */
  record ExpectedStatus(
      Observation observation,
      String phase,
      boolean suspended,
      String synced,
      boolean overdue,
      String taskId,
      long generation,
      String refresh,
      Instant created,
      Instant updated,
      boolean own) {
    static final ExpectedStatus NOTHING =
        new ExpectedStatus(
            Observation.NOTHING,
            null,
            false,
            "Unknown/NotObserved",
            false,
            null,
            -1,
            null,
            null,
            null,
            true);

    /** True when no answer may change the verdict. */
    boolean isFinal(AckTask task) {
      return own && observation.finished() && Objects.equals(taskId, task.getSpec().taskId());
    }

    ExpectedStatus observing(Observation other) {
      return new ExpectedStatus(
          other,
          null,
          suspended,
          synced,
          overdue,
          taskId,
          generation,
          refresh,
          created,
          updated,
          own);
    }

    ExpectedStatus withoutUpdated() {
      return new ExpectedStatus(
          observation,
          phase,
          suspended,
          synced,
          overdue,
          taskId,
          generation,
          refresh,
          created,
          null,
          own);
    }

    ExpectedStatus byOperator() {
      return new ExpectedStatus(
          observation,
          phase,
          suspended,
          synced,
          overdue,
          taskId,
          generation,
          refresh,
          created,
          updated,
          true);
    }

    /** The checked facts of the status, by name. */
    Map<String, String> facts() {
      Map<String, String> facts = new TreeMap<>();
      boolean finished = observation.finished();
      String verdict = suspended ? "Unknown/Suspended" : observation.succeeded;
      facts.put("phase", phase == null ? observation.phase : phase);
      facts.put("Succeeded", verdict);
      facts.put("Ready", verdict);
      facts.put("Settled", observation.settled() ? "True" : "False");
      facts.put("Reconciling", observation.settled() || suspended ? "-" : "True");
      facts.put("Stalled", verdict.startsWith("False") ? "True" : "-");
      facts.put("Synced", synced);
      facts.put("Overdue", overdue ? "True" : "-");
      facts.put("completionTime", finished ? "set" : "-");
      facts.put("observedGeneration", Long.toString(generation));
      facts.put("taskId", Objects.requireNonNullElse(taskId, "-"));
      facts.put("lastHandledRefreshAt", Objects.requireNonNullElse(refresh, "-"));
      return generation < 0 ? Map.of() : facts;
    }
  }

  /** The facts of a stored status; empty before the first write. */
  static Map<String, String> facts(AckTaskStatus status) {
    if (status == null || status.conditions().isEmpty()) {
      return Map.of();
    }
    Map<String, String> facts = new TreeMap<>();
    for (String absent : new String[] {"Reconciling", "Stalled", "Overdue"}) {
      facts.put(absent, "-");
    }
    for (Condition condition : status.conditions()) {
      boolean caused = !facts.containsKey(condition.type()) && !condition.type().equals("Settled");
      facts.put(
          condition.type(),
          caused ? condition.status() + "/" + condition.reason() : condition.status());
    }
    facts.put("phase", status.phase().apiName());
    facts.put("completionTime", status.completionTime() == null ? "-" : "set");
    facts.put("observedGeneration", Objects.toString(status.observedGeneration()));
    facts.put("taskId", Objects.requireNonNullElse(status.taskId(), "-"));
    facts.put(
        "lastHandledRefreshAt", Objects.requireNonNullElse(status.lastHandledRefreshAt(), "-"));
    return facts;
  }

  /** True for an invalid task id. */
  static boolean malformed(AckTask task) {
    String id = task.getSpec().taskId();
    return id == null || !id.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }

  /** True when the task is not polled: suspended, or finished without an open refresh request. */
  static boolean isIdle(AckTask task, ExpectedStatus expected) {
    ExpectedStatus known = known(task, expected);
    String requested = refresh(task);
    boolean answered = requested == null || requested.equals(expected.refresh);
    return suspended(task) || (known.observation.finished() && answered);
  }

  /** True for a forged final verdict, which stays until the next poll. */
  static boolean isForged(AckTask task, ExpectedStatus expected) {
    return !expected.own && expected.observation.finished() && ofThisTask(task, expected);
  }

  static ExpectedStatus withoutPoll(AckTask task, ExpectedStatus expected, Instant now) {
    if (isForged(task, expected) && !suspended(task)) {
      return expected;
    }
    ExpectedStatus known = known(task, expected);
    return next(
        task, known, known.observation, known.synced, known.created, known.updated, null, now);
  }

  static ExpectedStatus refused(AckTask task, ExpectedStatus expected, Instant now) {
    return next(
        task,
        known(task, expected),
        Observation.MALFORMED_ID,
        "False/InvalidSpec",
        null,
        null,
        null,
        now);
  }

  /**
   * The expected status after a poll.
   *
   * @param requested refresh request at the start of the poll
   * @param missingSince start of uninterrupted "not found" answers
   */
  static ExpectedStatus afterPoll(
      AckTask task,
      ExpectedStatus expected,
      Answer answer,
      String requested,
      Instant now,
      Instant missingSince) {
    ExpectedStatus known = known(task, expected);
    String cluster = task.getSpec().clusterId();
    boolean other = answer.hold == null && cluster != null && !cluster.equals(answer.clusterId);
    if (known.observation.finished()) {
      boolean open = requested != null && !requested.equals(known.refresh);
      boolean agrees = answer.hold == null && !other && known.observation == verdict(task, answer);
      Instant updated = open && agrees ? later(answer.updated, known.updated) : known.updated;
      return next(
          task,
          known,
          known.observation,
          known.synced,
          known.created,
          updated,
          open ? requested : null,
          now);
    }
    if (answer.hold != null) {
      boolean believed =
          answer.hold.equals("TaskNotFound")
              && (known.observation == Observation.MISSING
                  || Duration.between(missingSince, now).compareTo(GRACE) >= 0);
      Observation observation = believed ? Observation.MISSING : known.observation;
      String synced = "False/" + answer.hold;
      return next(task, known, observation, synced, known.created, known.updated, requested, now);
    }
    if (other) {
      return next(
          task,
          known,
          Observation.OTHER_CLUSTER,
          "False/ClusterMismatch",
          null,
          null,
          requested,
          now);
    }
    boolean lags =
        !known.observation.settled()
            && !answer.observation.finished()
            && known.updated != null
            && answer.updated.isBefore(known.updated);
    return next(
        task,
        known,
        lags ? known.observation : verdict(task, answer),
        "True/Observed",
        answer.created,
        later(answer.updated, known.updated),
        requested,
        now);
  }

  private static ExpectedStatus next(
      AckTask task,
      ExpectedStatus known,
      Observation observation,
      String synced,
      Instant created,
      Instant updated,
      String requested,
      Instant now) {
    boolean suspended = suspended(task) && !observation.finished();
    Instant late = late(task, created);
    return new ExpectedStatus(
        suspended && observation.settled() ? Observation.NOTHING : observation,
        null,
        suspended,
        synced,
        late != null && !now.isBefore(late) && !observation.finished(),
        malformed(task) ? null : task.getSpec().taskId(),
        task.getMetadata().getGeneration(),
        requested == null ? known.refresh : requested,
        created,
        updated,
        known.own);
  }

  /** The reliable part of {@code expected}. */
  private static ExpectedStatus known(AckTask task, ExpectedStatus expected) {
    if (!ofThisTask(task, expected) || isForged(task, expected)) {
      return ExpectedStatus.NOTHING;
    }
    // While suspended only the phase holds the last observation; a forged phase holds none.
    return expected.suspended && expected.phase != null
        ? expected.observing(Observation.NOTHING)
        : expected;
  }

  private static boolean ofThisTask(AckTask task, ExpectedStatus expected) {
    return Objects.equals(task.getSpec().taskId(), expected.taskId);
  }

  private static Observation verdict(AckTask task, Answer answer) {
    boolean strict = !AckTaskSpec.STATE_ONLY.equals(task.getSpec().successPolicy());
    return answer.observation == Observation.SUCCESS && answer.resultsFailed && strict
        ? Observation.FAILED_RESULTS
        : answer.observation;
  }

  private static boolean suspended(AckTask task) {
    return Boolean.TRUE.equals(task.getSpec().suspend());
  }

  static String refresh(AckTask task) {
    Map<String, String> annotations = task.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(AckTask.REFRESH_REQUESTED_AT);
  }

  private static Instant late(AckTask task, Instant created) {
    String deadline = task.getSpec().deadline();
    if (deadline == null || !deadline.matches("[0-9]+[hm]")) {
      return null;
    }
    Instant start =
        created == null ? Instant.parse(task.getMetadata().getCreationTimestamp()) : created;
    return start.plus(Duration.parse("PT" + deadline));
  }

  private static Instant later(Instant a, Instant b) {
    return b == null || (a != null && a.isAfter(b)) ? a : b;
  }
}
