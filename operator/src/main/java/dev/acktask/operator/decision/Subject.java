package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The AckTask that a decision is made for: exactly what a decision reads of it.
 *
 * @param uid tells this object from one recreated under the same name
 * @param generation of the spec
 * @param status as stored; null where no CRD default fills it
 * @param ownStatus false when somebody else wrote the status last
 * @param created when the object was created, as the API server says it (RFC 3339): only a deadline
 *     needs to know the instant; null where that is not known
 * @param refreshRequest what the annotation for a fresh look says, bounded; null where there is
 *     none
 */
public record Subject(
    String uid,
    long generation,
    AckTaskSpec spec,
    @Nullable AckTaskStatus status,
    boolean ownStatus,
    @Nullable String created,
    @Nullable String refreshRequest) {

  public Subject {
    refreshRequest = PlainText.WORD.orNull(refreshRequest);
  }

  /**
   * The status as far as it says something. Two do not: one that was read from another task (taskId
   * is immutable, but an older CRD may not enforce it), and a final verdict that somebody else
   * wrote.
   */
  @Nullable AckTaskStatus trusted() {
    return speaksOfThisTask() && !doubtful() ? status : null;
  }

  /** True when the verdict is final: no call is made and nothing but the generation is written. */
  public boolean finished() {
    AckTaskStatus seen = trusted();
    return seen != null && Verdict.of(seen).finished();
  }

  /** True when nothing is to be asked: suspended, or finished with no fresh look asked for. */
  public boolean atRest() {
    return spec.suspended() || (finished() && !refreshRequested());
  }

  /** True when a fresh look was asked for and has not been answered yet. */
  public boolean refreshRequested() {
    return refreshRequest != null
        && (status == null || !refreshRequest.equals(status.lastHandledRefreshAt()));
  }

  /** True when the status still says that no call is made, and the spec no longer does. */
  public boolean resumed() {
    return !spec.suspended() && Verdict.suspendedIn(status);
  }

  /**
   * This object as it is now, but with the fresh look that {@code asked} asked for: a request that
   * came after the call was made is not answered by it.
   */
  public Subject answering(Subject asked) {
    return new Subject(uid, generation, spec, status, ownStatus, created, asked.refreshRequest());
  }

  /**
   * True when the status holds a final verdict that somebody else wrote: it is neither believed nor
   * taken back before the cloud was asked again.
   */
  public boolean doubtful() {
    return !ownStatus && showsVerdict();
  }

  /** True when the status shows a final verdict of this task, whoever wrote it. */
  public boolean showsVerdict() {
    return speaksOfThisTask() && Verdict.of(status).finished();
  }

  /** True when the status was read from another task than the one in the spec. */
  public boolean speaksOfAnotherTask() {
    return status != null && status.taskId() != null && !speaksOfThisTask();
  }

  /** True when the status already speaks of this generation of the spec. */
  public boolean acknowledged() {
    return status != null && Objects.equals(status.observedGeneration(), generation);
  }

  private boolean speaksOfThisTask() {
    return status != null && Objects.equals(status.taskId(), spec.taskId());
  }
}
