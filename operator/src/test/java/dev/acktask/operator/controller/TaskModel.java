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
 * The table of conditions as a model: what one AckTask shows after each thing that happens. It uses
 * nothing of the operator but the records of the API, so that an error would have to be made twice.
 */
final class TaskModel {
  static final Duration GRACE = Duration.ofMinutes(5);

  private TaskModel() {}

  /** What was last truthfully seen, with what it is shown as. */
  enum Seen {
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

    Seen(String phase, String succeeded) {
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
   * What the cloud answers.
   *
   * @param seen what the state word means; null when there is no answer
   * @param hold the reason that Synced gives when there is no answer; null when there is one
   */
  record Answer(
      Seen seen,
      String word,
      boolean resultsFailed,
      String clusterId,
      Instant created,
      Instant updated,
      String hold) {}

  /**
   * What the status shows.
   *
   * @param phase only where somebody else wrote a phase that does not fit the rest
   * @param created the task's, as far as it is known
   * @param updated the task's, as far as it is shown
   * @param own false when somebody else wrote the status last
   */
  record Shown(
      Seen seen,
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
    static final Shown NOTHING =
        new Shown(
            Seen.NOTHING,
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

    /** Nothing that the cloud says may change it any more. */
    boolean isFinal(AckTask task) {
      return own && seen.finished() && Objects.equals(taskId, task.getSpec().taskId());
    }

    Shown seeing(Seen other) {
      return new Shown(
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

    Shown withoutUpdated() {
      return new Shown(
          seen, phase, suspended, synced, overdue, taskId, generation, refresh, created, null, own);
    }

    Shown byOperator() {
      return new Shown(
          seen,
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

    /** A word for each fact that a reader of the status can see. */
    Map<String, String> facts() {
      Map<String, String> facts = new TreeMap<>();
      boolean finished = seen.finished();
      String verdict = suspended ? "Unknown/Suspended" : seen.succeeded;
      facts.put("phase", phase == null ? seen.phase : phase);
      facts.put("Succeeded", verdict);
      facts.put("Ready", verdict);
      facts.put("Settled", seen.settled() ? "True" : "False");
      facts.put("Reconciling", seen.settled() || suspended ? "-" : "True");
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

  /** The facts of a stored status; none where nothing was written yet. */
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
    facts.put("phase", status.phase().word());
    facts.put("completionTime", status.completionTime() == null ? "-" : "set");
    facts.put("observedGeneration", Objects.toString(status.observedGeneration()));
    facts.put("taskId", Objects.requireNonNullElse(status.taskId(), "-"));
    facts.put(
        "lastHandledRefreshAt", Objects.requireNonNullElse(status.lastHandledRefreshAt(), "-"));
    return facts;
  }

  /** A spec that no request may be made for. */
  static boolean malformed(AckTask task) {
    String id = task.getSpec().taskId();
    return id == null || !id.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }

  /** No call is to be made: suspended, or finished and no refresh is open. */
  static boolean rests(AckTask task, Shown shown) {
    Shown known = known(task, shown);
    String asked = refresh(task);
    boolean answered = asked == null || asked.equals(shown.refresh);
    return suspended(task) || (known.seen.finished() && answered);
  }

  /** A final verdict of somebody else stands until the cloud was asked. */
  static boolean doubtful(AckTask task, Shown shown) {
    return !shown.own && shown.seen.finished() && ofThisTask(task, shown);
  }

  static Shown withoutLook(AckTask task, Shown shown, Instant now) {
    if (doubtful(task, shown) && !suspended(task)) {
      return shown;
    }
    Shown known = known(task, shown);
    return next(task, known, known.seen, known.synced, known.created, known.updated, null, now);
  }

  static Shown refused(AckTask task, Shown shown, Instant now) {
    return next(
        task, known(task, shown), Seen.MALFORMED_ID, "False/InvalidSpec", null, null, null, now);
  }

  /**
   * After a look.
   *
   * @param asked the refresh that was asked for when the call was made
   * @param missingSince since when the cloud has said nothing but "not found"
   */
  static Shown afterLook(
      AckTask task, Shown shown, Answer answer, String asked, Instant now, Instant missingSince) {
    Shown known = known(task, shown);
    String cluster = task.getSpec().clusterId();
    boolean other = answer.hold == null && cluster != null && !cluster.equals(answer.clusterId);
    if (known.seen.finished()) {
      boolean open = asked != null && !asked.equals(known.refresh);
      boolean agrees = answer.hold == null && !other && known.seen == verdict(task, answer);
      Instant updated = open && agrees ? later(answer.updated, known.updated) : known.updated;
      return next(
          task, known, known.seen, known.synced, known.created, updated, open ? asked : null, now);
    }
    if (answer.hold != null) {
      boolean believed =
          answer.hold.equals("TaskNotFound")
              && (known.seen == Seen.MISSING
                  || Duration.between(missingSince, now).compareTo(GRACE) >= 0);
      Seen seen = believed ? Seen.MISSING : known.seen;
      String synced = "False/" + answer.hold;
      return next(task, known, seen, synced, known.created, known.updated, asked, now);
    }
    if (other) {
      return next(task, known, Seen.OTHER_CLUSTER, "False/ClusterMismatch", null, null, asked, now);
    }
    boolean lags =
        !known.seen.settled()
            && !answer.seen.finished()
            && known.updated != null
            && answer.updated.isBefore(known.updated);
    return next(
        task,
        known,
        lags ? known.seen : verdict(task, answer),
        "True/Observed",
        answer.created,
        later(answer.updated, known.updated),
        asked,
        now);
  }

  private static Shown next(
      AckTask task,
      Shown known,
      Seen seen,
      String synced,
      Instant created,
      Instant updated,
      String asked,
      Instant now) {
    boolean suspended = suspended(task) && !seen.finished();
    Instant late = late(task, created);
    return new Shown(
        suspended && seen.settled() ? Seen.NOTHING : seen,
        null,
        suspended,
        synced,
        late != null && !now.isBefore(late) && !seen.finished(),
        malformed(task) ? null : task.getSpec().taskId(),
        task.getMetadata().getGeneration(),
        asked == null ? known.refresh : asked,
        created,
        updated,
        known.own);
  }

  /** The part of {@code shown} that may be built upon. */
  private static Shown known(AckTask task, Shown shown) {
    if (!ofThisTask(task, shown) || doubtful(task, shown)) {
      return Shown.NOTHING;
    }
    // While suspended only the phase tells what was seen; one that is a lie tells nothing.
    return shown.suspended && shown.phase != null ? shown.seeing(Seen.NOTHING) : shown;
  }

  private static boolean ofThisTask(AckTask task, Shown shown) {
    return Objects.equals(task.getSpec().taskId(), shown.taskId);
  }

  private static Seen verdict(AckTask task, Answer answer) {
    boolean strict = !AckTaskSpec.STATE_ONLY.equals(task.getSpec().successPolicy());
    return answer.seen == Seen.SUCCESS && answer.resultsFailed && strict
        ? Seen.FAILED_RESULTS
        : answer.seen;
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
