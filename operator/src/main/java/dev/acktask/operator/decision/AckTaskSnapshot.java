package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.estimate.UsualDurations;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.text.SafeText;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of an AckTask that a decision depends on.
 *
 * @param uid differs for an object that was recreated under the same name
 * @param generation of the spec
 * @param status as stored; null where the CRD sets no default
 * @param operatorWroteStatus false when another client wrote the status last
 * @param created creation time of the object, RFC 3339; null when unknown
 * @param refreshRequest bounded value of {@link AckTask#REFRESH_REQUESTED_AT}, or null
 * @param usualDurations of tasks like this one; null while they are not computed
 */
public record AckTaskSnapshot(
    String uid,
    long generation,
    AckTaskSpec spec,
    @Nullable AckTaskStatus status,
    boolean operatorWroteStatus,
    @Nullable String created,
    @Nullable String refreshRequest,
    @Nullable UsualDurations usualDurations) {

  public AckTaskSnapshot {
    refreshRequest = SafeText.WORD.orNull(refreshRequest);
  }

  /**
   * The status, or null when it is not reliable: it describes another task (taskId is immutable,
   * but an older CRD may not enforce it) or holds a forged verdict.
   */
  @Nullable AckTaskStatus trustedStatus() {
    return hasStatusOfThisTask() && !hasForgedVerdict() ? status : null;
  }

  /** True when the verdict is final. Only the generation is written from then on. */
  public boolean isFinished() {
    AckTaskStatus trusted = trustedStatus();
    return trusted != null && Verdict.of(trusted).isFinished();
  }

  /** True when the task is not polled: suspended, or finished without a refresh request. */
  public boolean isIdle() {
    return spec.suspended() || (isFinished() && !isRefreshRequested());
  }

  /** True when a refresh request has not been answered yet. */
  public boolean isRefreshRequested() {
    return refreshRequest != null
        && (status == null || !refreshRequest.equals(status.lastHandledRefreshAt()));
  }

  /** True when the status still says Suspended and the spec no longer does. */
  public boolean isResumed() {
    return !spec.suspended() && Verdict.isSuspended(status);
  }

  /**
   * This snapshot with another refresh request: the one that a poll answers, which began before a
   * later request was made.
   */
  public AckTaskSnapshot withRefreshRequest(@Nullable String answered) {
    return toBuilder().refreshRequest(answered).build();
  }

  /** This snapshot with the usual durations of tasks like this one; null while not computed. */
  public AckTaskSnapshot withUsualDurations(@Nullable UsualDurations usual) {
    return toBuilder().usualDurations(usual).build();
  }

  /**
   * True if a decision now adds that the task takes longer than usual. Nothing else causes a
   * reconcile at that time.
   */
  public boolean becomesSlow(Instant now) {
    return ExpectedEnd.becomesSlow(this, now);
  }

  /** True when {@code task} belongs to another cluster than the spec names. */
  public boolean isInAnotherCluster(TaskInfo task) {
    String wanted = spec.clusterId();
    String actual = task.clusterId();
    return wanted != null && (actual == null || !wanted.equals(actual.strip()));
  }

  /** Since when the cloud has given no usable answer, by the status; empty if it has. */
  public Optional<Instant> failedSince() {
    return Optional.ofNullable(SyncState.failedSince(trustedStatus()));
  }

  /**
   * True when another client wrote a final verdict. It is not trusted, and it is replaced by what
   * the cloud reports.
   */
  public boolean hasForgedVerdict() {
    return !operatorWroteStatus && hasFinalVerdict();
  }

  /** True when the status holds a final verdict of this task, forged or not. */
  public boolean hasFinalVerdict() {
    return hasStatusOfThisTask() && Verdict.of(status).isFinished();
  }

  /** True when the status describes another task than the spec. */
  public boolean hasStatusOfAnotherTask() {
    return status != null && status.taskId() != null && !hasStatusOfThisTask();
  }

  public boolean isGenerationObserved() {
    return status != null && Objects.equals(status.observedGeneration(), generation);
  }

  /** True once the operator has written a status; the default of the CRD has generation -1. */
  public boolean isStatusWritten() {
    return status != null
        && status.observedGeneration() != null
        && status.observedGeneration() >= 0;
  }

  private boolean hasStatusOfThisTask() {
    return status != null && Objects.equals(status.taskId(), spec.taskId());
  }

  /** A builder of the snapshot of a new object: generation 1, and nothing else is set. */
  public static Builder builder(String uid, AckTaskSpec spec) {
    return new Builder(uid, spec);
  }

  /** A builder with the values of this snapshot. */
  public Builder toBuilder() {
    return builder(uid, spec)
        .generation(generation)
        .status(status)
        .operatorWroteStatus(operatorWroteStatus)
        .created(created)
        .refreshRequest(refreshRequest)
        .usualDurations(usualDurations);
  }

  /** Builds an {@link AckTaskSnapshot} by the names of its components. */
  public static final class Builder {
    private final String uid;
    private final AckTaskSpec spec;
    private long generation = 1;
    private @Nullable AckTaskStatus status;
    private boolean operatorWroteStatus;
    private @Nullable String created;
    private @Nullable String refreshRequest;
    private @Nullable UsualDurations usualDurations;

    private Builder(String uid, AckTaskSpec spec) {
      this.uid = uid;
      this.spec = spec;
    }

    public Builder generation(long generation) {
      this.generation = generation;
      return this;
    }

    public Builder status(@Nullable AckTaskStatus status) {
      this.status = status;
      return this;
    }

    public Builder operatorWroteStatus(boolean operatorWroteStatus) {
      this.operatorWroteStatus = operatorWroteStatus;
      return this;
    }

    public Builder created(@Nullable String created) {
      this.created = created;
      return this;
    }

    public Builder refreshRequest(@Nullable String refreshRequest) {
      this.refreshRequest = refreshRequest;
      return this;
    }

    public Builder usualDurations(@Nullable UsualDurations usualDurations) {
      this.usualDurations = usualDurations;
      return this;
    }

    public AckTaskSnapshot build() {
      return new AckTaskSnapshot(
          uid,
          generation,
          spec,
          status,
          operatorWroteStatus,
          created,
          refreshRequest,
          usualDurations);
    }
  }
}
