package dev.acktask.operator.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as DescribeClusterTasks lists it, without details. It never decides a verdict: a list may
 * be old, and its entries name no cluster. All texts are bounded and safe to show.
 *
 * @param task valid id
 * @param type free text such as {@code cluster_upgrade}; null when absent
 * @param state as sent, before {@link TaskState#of}; null when absent
 * @param created null when absent or not a time
 * @param updated as sent; null when absent. Which changes move it is not documented
 */
public record ListedTask(
    TaskRef task,
    @Nullable String type,
    @Nullable String state,
    @Nullable Instant created,
    @Nullable String updated) {

  /** True if the list reports a final state; a missing or unknown state is not final. */
  public boolean isFinished() {
    return state != null && TaskState.of(state).isTerminal();
  }
}
