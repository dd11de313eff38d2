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
    boolean answered = requested == null || requested.equals(expected.refresh());
    return suspended(task) || (known.observation().finished() && answered);
  }

  /** True when the object is deleted at its next reconcile. */
  static boolean isExpired(AckTask task, ExpectedStatus expected, Instant now) {
    Long ttl = task.getSpec().ttlSecondsAfterFinished();
    AckTaskStatus status = task.getStatus();
    if (ttl == null
        || !expected.observation().finished()
        || !expected.own()
        || !ofThisTask(task, expected)) {
      return false;
    }
    Instant settledAt =
        status.conditions().stream()
            .filter(c -> c.type().equals("Succeeded"))
            .map(c -> Instant.parse(c.lastTransitionTime()))
            .findFirst()
            .orElseThrow();
    Instant completed = Instant.parse(status.completionTime());
    return !now.isBefore(settledAt.plusSeconds(600))
        && !now.isBefore(completed.plusSeconds(Math.max(ttl, 600)));
  }

  /** True for an object without a status that is neither idle nor malformed. */
  static boolean isNew(AckTask task, ExpectedStatus expected) {
    AckTaskStatus status = task.getStatus();
    boolean isWritten =
        status != null && status.observedGeneration() != null && status.observedGeneration() >= 0;
    return !isWritten && !isIdle(task, expected) && !malformed(task);
  }

  /** True for a forged final verdict, which stays until the next poll. */
  static boolean isForged(AckTask task, ExpectedStatus expected) {
    return !expected.own() && expected.observation().finished() && ofThisTask(task, expected);
  }

  static ExpectedStatus withoutPoll(AckTask task, ExpectedStatus expected, Instant now) {
    return isForged(task, expected) && !suspended(task)
        ? expected
        : next(task, known(task, expected), now);
  }

  static ExpectedStatus refused(AckTask task, ExpectedStatus expected, Instant now) {
    ExpectedStatus refused =
        known(task, expected).toBuilder()
            .observation(ModelObservation.MALFORMED_ID)
            .synced("False/InvalidSpec")
            .created(null)
            .updated(null)
            .build();
    return next(task, refused, now);
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
      ModelAnswer answer,
      String requested,
      Instant now,
      Instant missingSince) {
    ExpectedStatus known = known(task, expected);
    boolean open = requested != null && !requested.equals(known.refresh());
    ExpectedStatus observed =
        known.observation().finished()
            ? (open ? refreshed(task, known, answer) : known)
            : switch (answer) {
              case ModelAnswer.Hold hold -> held(known, hold, Duration.between(missingSince, now));
              case ModelAnswer.Found found -> found(task, known, found);
            };
    String refresh = requested == null ? known.refresh() : requested;
    return next(task, observed.toBuilder().refresh(refresh).build(), now);
  }

  /** A refresh of a finished task changes the time of the last update, if the verdict agrees. */
  private static ExpectedStatus refreshed(AckTask task, ExpectedStatus known, ModelAnswer answer) {
    return answer instanceof ModelAnswer.Found found
            && !isOfOtherCluster(task, found)
            && known.observation() == verdict(task, found)
        ? known.toBuilder().updated(later(found.updated(), known.updated())).build()
        : known;
  }

  private static ExpectedStatus held(
      ExpectedStatus known, ModelAnswer.Hold hold, Duration missing) {
    boolean isMissing =
        hold.reason().equals("TaskNotFound")
            && (known.observation() == ModelObservation.MISSING || missing.compareTo(GRACE) >= 0);
    return known.toBuilder()
        .observation(isMissing ? ModelObservation.MISSING : known.observation())
        .synced("False/" + hold.reason())
        .build();
  }

  private static ExpectedStatus found(AckTask task, ExpectedStatus known, ModelAnswer.Found found) {
    if (isOfOtherCluster(task, found)) {
      return known.toBuilder()
          .observation(ModelObservation.OTHER_CLUSTER)
          .synced("False/ClusterMismatch")
          .created(null)
          .updated(null)
          .build();
    }
    boolean lags =
        !known.observation().settled()
            && !found.observation().finished()
            && known.updated() != null
            && found.updated().isBefore(known.updated());
    return known.toBuilder()
        .observation(lags ? known.observation() : verdict(task, found))
        .synced("True/Observed")
        .created(found.created())
        .updated(later(found.updated(), known.updated()))
        .build();
  }

  private static boolean isOfOtherCluster(AckTask task, ModelAnswer.Found found) {
    String cluster = task.getSpec().clusterId();
    return cluster != null && !cluster.equals(found.clusterId());
  }

  /** {@code observed} as the operator writes it for the present spec. */
  private static ExpectedStatus next(AckTask task, ExpectedStatus observed, Instant now) {
    ModelObservation observation = observed.observation();
    boolean suspended = suspended(task) && !observation.finished();
    Instant late = late(task, observed.created());
    return observed.toBuilder()
        .observation(suspended && observation.settled() ? ModelObservation.NOTHING : observation)
        .phase(null)
        .suspended(suspended)
        .overdue(late != null && !now.isBefore(late) && !observation.finished())
        .taskId(malformed(task) ? null : task.getSpec().taskId())
        .generation(task.getMetadata().getGeneration())
        .build();
  }

  /** The reliable part of {@code expected}. */
  private static ExpectedStatus known(AckTask task, ExpectedStatus expected) {
    if (!ofThisTask(task, expected) || isForged(task, expected)) {
      return ExpectedStatus.NOTHING;
    }
    // While suspended only the phase holds the last observation; a forged phase holds none.
    return expected.suspended() && expected.phase() != null
        ? expected.toBuilder().observation(ModelObservation.NOTHING).phase(null).build()
        : expected;
  }

  private static boolean ofThisTask(AckTask task, ExpectedStatus expected) {
    return Objects.equals(task.getSpec().taskId(), expected.taskId());
  }

  private static ModelObservation verdict(AckTask task, ModelAnswer.Found found) {
    boolean strict = !AckTaskSpec.STATE_ONLY.equals(task.getSpec().successPolicy());
    return found.observation() == ModelObservation.SUCCESS && found.resultsFailed() && strict
        ? ModelObservation.FAILED_RESULTS
        : found.observation();
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
