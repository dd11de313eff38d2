package dev.acktask.operator.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Connections that wait for the next request to their origin, the latest first. */
final class IdleConnections {
  private final int max;
  private final long maxIdleNanos;
  private final LongSupplier nanoTime;
  private final Map<Origin, Deque<Waiting>> waiting = new HashMap<>();

  private record Waiting(Connection connection, long sinceNanos) {}

  /**
   * An empty pool.
   *
   * @param max connections of one origin; the oldest is closed
   */
  IdleConnections(int max, Duration maxIdleTime, LongSupplier nanoTime) {
    this.max = max;
    this.maxIdleNanos = maxIdleTime.toNanos();
    this.nanoTime = nanoTime;
  }

  /** Removes and returns a reusable connection to {@code origin}. */
  synchronized Optional<Connection> take(Origin origin) {
    Deque<Waiting> all = waiting.getOrDefault(origin, new ArrayDeque<>());
    while (!all.isEmpty()) {
      Waiting latest = all.removeLast();
      if (!isTooOld(latest) && latest.connection.isReusable()) {
        return Optional.of(latest.connection);
      }
      latest.connection.close();
    }
    return Optional.empty();
  }

  synchronized void put(Origin origin, Connection connection) {
    Deque<Waiting> all = waiting.computeIfAbsent(origin, none -> new ArrayDeque<>());
    all.addLast(new Waiting(connection, nanoTime.getAsLong()));
    if (all.size() > max) {
      all.removeFirst().connection.close();
    }
  }

  /** Closes the connections that were idle too long. */
  void closeOld() {
    close(this::isTooOld);
  }

  void closeAll() {
    close(any -> true);
  }

  private synchronized void close(Predicate<Waiting> which) {
    for (Deque<Waiting> all : waiting.values()) {
      for (Iterator<Waiting> each = all.iterator(); each.hasNext(); ) {
        Waiting one = each.next();
        if (which.test(one)) {
          one.connection.close();
          each.remove();
        }
      }
    }
  }

  private boolean isTooOld(Waiting one) {
    return nanoTime.getAsLong() - one.sinceNanos > maxIdleNanos;
  }
}
