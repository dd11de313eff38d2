package dev.acktask.operator.polling;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides between the polls and the sweeps of one connection: while both are due, they take turns.
 * So sweeps get at most half of the calls, and no refresh request waits for more than one page.
 * Used by one thread.
 */
final class WorkQueue {
  private final ConnectionTasks tasks;
  private final ClusterSweeper sweeper;
  private boolean wasSweep;

  WorkQueue(ConnectionTasks tasks, ClusterSweeper sweeper) {
    this.tasks = tasks;
    this.sweeper = sweeper;
  }

  /** Time until the next call is due; zero or negative if one is, empty without any. */
  Optional<Duration> untilDue() {
    return Stream.of(tasks.untilDue(), sweeper.untilDue())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** Begins the call whose turn it is; empty if none is due. */
  Optional<Work> begin() {
    Optional<Work> next = begin(!wasSweep).or(() -> begin(wasSweep));
    next.ifPresent(work -> wasSweep = work instanceof PageCall);
    return next;
  }

  private Optional<Work> begin(boolean isSweep) {
    return isSweep ? sweeper.begin().map(Work.class::cast) : tasks.begin().map(Work.class::cast);
  }
}
