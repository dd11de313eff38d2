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
 */
public record Subject(
    String uid, long generation, AckTaskSpec spec, @Nullable AckTaskStatus status) {

  /**
   * The status as far as it speaks of the task in the spec. A status that was read from another
   * task says nothing: taskId is immutable, but an older CRD may not enforce it.
   */
  @Nullable AckTaskStatus trusted() {
    return status != null && Objects.equals(status.taskId(), spec.taskId()) ? status : null;
  }

  /** True when the verdict is final: no call is made and nothing but the generation is written. */
  public boolean finished() {
    AckTaskStatus seen = trusted();
    return seen != null && Verdict.of(seen).finished();
  }

  /** True when the status was read from another task than the one in the spec. */
  public boolean speaksOfAnotherTask() {
    return status != null && status.taskId() != null && trusted() == null;
  }

  /** True when the status already speaks of this generation of the spec. */
  public boolean acknowledged() {
    return status != null && Objects.equals(status.observedGeneration(), generation);
  }
}
