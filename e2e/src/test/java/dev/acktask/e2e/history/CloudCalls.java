package dev.acktask.e2e.history;

import java.util.List;

/**
 * The requests to the cloud, in the order of their arrival.
 *
 * @param answers of the polls of tasks
 * @param lists of tasks, clusters and plans
 */
public record CloudCalls(List<CloudAnswer> answers, List<ListCall> lists) {
  /** Copies the lists. */
  public CloudCalls {
    answers = List.copyOf(answers);
    lists = List.copyOf(lists);
  }
}
