package dev.acktask.bench.rig;

import java.time.Duration;
import java.util.List;

/**
 * What the operator is given to do, and with how much.
 *
 * @param tasks that run
 * @param finished tasks beside them that have ended before anything is measured
 * @param interval at which each running task is polled
 * @param latency of the cloud's answers
 * @param varying whether no two answers are the same, although they say the same
 * @param warmUp from the last creation until anything is measured
 * @param window for which a steady state is measured
 * @param requestsPerMinute of the operator's limiter
 * @param burst of the operator's limiter
 * @param memory of the operator's container, as the JVM spells sizes: its heap is a part of it
 * @param javaOptions of the operator's JVM, beside those of the image
 * @param ordinary whether the poller of {@code bench/ordinary} does the work in the operator's
 *     place
 */
public record Load(
    int tasks,
    int finished,
    Duration interval,
    Duration latency,
    boolean varying,
    Duration warmUp,
    Duration window,
    int requestsPerMinute,
    int burst,
    String memory,
    List<String> javaOptions,
    boolean ordinary) {
  public Load {
    javaOptions = List.copyOf(javaOptions);
    if (tasks < 1 || finished < 0 || tasks + finished > 1_000_000) {
      throw new IllegalArgumentException("between 1 and 1,000,000 tasks");
    }
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("the operator polls a task once per second at most");
    }
  }

  /** Running and finished ones. */
  public int all() {
    return tasks + finished;
  }
}
