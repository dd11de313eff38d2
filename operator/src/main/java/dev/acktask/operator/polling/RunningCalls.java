package dev.acktask.operator.polling;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls to the cloud under way. Thread-safe. */
final class RunningCalls {
  private final Set<Work> calls = ConcurrentHashMap.newKeySet();

  void add(Work call) {
    calls.add(call);
  }

  void remove(Work call) {
    calls.remove(call);
  }

  /** Longest time that one has been running at {@code now}, monotonic nanoseconds. */
  Optional<Duration> longest(long now) {
    return calls.stream()
        .map(call -> Duration.ofNanos(now - call.start()))
        .max(Comparator.naturalOrder());
  }
}
