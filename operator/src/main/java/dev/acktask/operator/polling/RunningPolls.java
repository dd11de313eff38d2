package dev.acktask.operator.polling;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The polls under way. Thread-safe. */
final class RunningPolls {
  private final Set<Poll> polls = ConcurrentHashMap.newKeySet();

  void add(Poll poll) {
    polls.add(poll);
  }

  void remove(Poll poll) {
    polls.remove(poll);
  }

  /** Longest time that one has been running at {@code now}, monotonic nanoseconds. */
  Optional<Duration> longest(long now) {
    return polls.stream()
        .map(poll -> Duration.ofNanos(now - poll.start()))
        .max(Comparator.naturalOrder());
  }
}
