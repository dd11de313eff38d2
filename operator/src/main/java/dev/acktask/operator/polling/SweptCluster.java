package dev.acktask.operator.polling;

import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedTask;

/** A cluster that is swept, or that would be if a sweep were cheaper. Not thread-safe. */
final class SweptCluster {
  /** Tasks that are read of one cluster. */
  static final int MAX_TASKS = 10_000;

  /** Unfinished tasks without which a sweep saves nothing. */
  private static final int MIN_UNFINISHED = 2;

  private final SweptListing<ListedTask> listing;
  private int unfinished;
  private boolean isSubscribed;

  SweptCluster(String clusterId, long due) {
    this.listing = new SweptListing<>(SweptList.TASKS, clusterId, ListedTask::task, MAX_TASKS, due);
  }

  SweptListing<ListedTask> listing() {
    return listing;
  }

  /**
   * Takes in what the sweeps of the cluster serve.
   *
   * @param tasks number of unfinished tasks
   * @param subscribed true if a subscriber wants the sweeps
   */
  void update(int tasks, boolean subscribed) {
    unfinished = tasks;
    isSubscribed = subscribed;
    if (!isWanted()) {
      listing.abandon();
    }
  }

  /** True for a subscriber, and if one sweep costs no more calls than the polls of the tasks. */
  boolean isWanted() {
    return isSubscribed || (unfinished >= MIN_UNFINISHED && unfinished >= listing.pages());
  }

  /** Pages after which a pass is not worth its calls. */
  int maxPages() {
    return isSubscribed ? SweepPass.MAX_PAGES : Math.min(unfinished, SweepPass.MAX_PAGES);
  }
}
