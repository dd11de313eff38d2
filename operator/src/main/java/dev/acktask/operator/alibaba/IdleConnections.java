package dev.acktask.operator.alibaba;

import dev.acktask.operator.network.Origin;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for the next request to their origin. Jetty closes them after their idle
 * time.
 *
 * <p>A server or proxy that answers twice usually does so at once. Bytes that come after the next
 * request was sent are taken for its answer by every client of HTTP/1.1; so a connection is used
 * again only after it was quiet for a while. Jetty's own pool offers it before that.
 */
final class IdleConnections<C extends IdleConnections.Reusable> {
  /** Reduces the calls of one connection to 20 per second. */
  static final Duration QUIET = Duration.ofMillis(50);

  /** A connection that closes when a byte comes while it waits. */
  interface Reusable {
    /** Reserves the connection for one request; false if it cannot be used. */
    boolean reserve();

    boolean isClosed();

    void close();
  }

  private record Waiting<C>(C connection, long sinceNanos) {}

  private final int max;
  private final QuietClock clock;
  private final Map<Origin, Deque<Waiting<C>>> waiting = new HashMap<>();

  /**
   * An empty pool.
   *
   * @param max connections of one origin; the oldest is closed
   * @param clock decides how long a connection has been quiet
   */
  IdleConnections(int max, QuietClock clock) {
    this.max = max;
    this.clock = clock;
  }

  /**
   * Removes and returns a connection to {@code origin}, reserved for one request. Waits for one
   * that is not quiet yet: to open another would cost more, and bursts would open and close many.
   */
  Optional<C> take(Origin origin) {
    while (true) {
      Waiting<C> next = remove(origin);
      if (next == null) {
        return Optional.empty();
      }
      if (becomesQuiet(next) && next.connection.reserve()) {
        return Optional.of(next.connection);
      }
      next.connection.close();
    }
  }

  private boolean becomesQuiet(Waiting<C> next) {
    while (missingNanos(next) > 0) {
      if (next.connection.isClosed() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      clock.pause(missingNanos(next));
    }
    return true;
  }

  private long missingNanos(Waiting<C> waiting) {
    return QUIET.toNanos() - (clock.nanoTime() - waiting.sinceNanos);
  }

  /** The latest one that has been quiet, or the one that will be quiet first. */
  private synchronized @Nullable Waiting<C> remove(Origin origin) {
    Deque<Waiting<C>> all = waiting.getOrDefault(origin, new ArrayDeque<>());
    Iterator<Waiting<C>> latestFirst = all.descendingIterator();
    while (latestFirst.hasNext()) {
      Waiting<C> next = latestFirst.next();
      if (missingNanos(next) <= 0) {
        latestFirst.remove();
        return next;
      }
    }
    return all.pollFirst();
  }

  /** Adds {@code connection}, which waits for a request from now on. */
  void put(Origin origin, C connection) {
    C excess = add(origin, connection);
    if (excess != null) {
      excess.close();
    }
  }

  private synchronized @Nullable C add(Origin origin, C connection) {
    Deque<Waiting<C>> all = waiting.computeIfAbsent(origin, none -> new ArrayDeque<>());
    all.removeIf(each -> each.connection.isClosed());
    all.addLast(new Waiting<>(connection, clock.nanoTime()));
    return all.size() > max ? all.removeFirst().connection : null;
  }

  void closeAll() {
    List<Waiting<C>> all = new ArrayList<>();
    synchronized (this) {
      waiting.values().forEach(all::addAll);
      waiting.clear();
    }
    all.forEach(each -> each.connection.close());
  }
}
