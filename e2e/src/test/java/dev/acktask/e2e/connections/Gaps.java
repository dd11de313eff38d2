package dev.acktask.e2e.connections;

import dev.acktask.e2e.history.CloudAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The times between the polls of each task, in ascending order.
 *
 * @param sorted a poll that is overdue at the end counts with its wait so far
 */
record Gaps(List<Duration> sorted) {
  Gaps {
    sorted = List.copyOf(sorted);
  }

  /**
   * The gaps of tasks that ended in a period.
   *
   * @param answers in order; those before the period begin its first gaps
   * @param prefix of the ids of the tasks
   * @param overdue time after which a poll is overdue
   */
  static Gaps of(
      List<CloudAnswer> answers, String prefix, Instant from, Instant until, Duration overdue) {
    Collection<List<Instant>> tasks =
        answers.stream()
            .filter(answer -> answer.taskId().startsWith(prefix))
            .filter(answer -> !answer.asked().isAfter(until))
            .collect(
                Collectors.groupingBy(
                    CloudAnswer::taskId,
                    Collectors.mapping(CloudAnswer::asked, Collectors.toList())))
            .values();
    List<Duration> gaps = new ArrayList<>();
    for (List<Instant> polls : tasks) {
      for (int i = 1; i < polls.size(); i++) {
        if (polls.get(i).isAfter(from)) {
          gaps.add(Duration.between(polls.get(i - 1), polls.get(i)));
        }
      }
      Duration wait = Duration.between(polls.getLast(), until);
      if (wait.compareTo(overdue) > 0) {
        gaps.add(wait);
      }
    }
    return new Gaps(gaps.stream().sorted().toList());
  }

  /** The smallest gap that at least {@code share} of all do not exceed; 1 gives the longest. */
  Duration at(double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  @Override
  public String toString() {
    return "%,d gaps, p50 %.2f s, p99 %.2f s, longest %.2f s"
        .formatted(
            sorted.size(),
            at(0.5).toMillis() / 1e3,
            at(0.99).toMillis() / 1e3,
            at(1).toMillis() / 1e3);
  }
}
