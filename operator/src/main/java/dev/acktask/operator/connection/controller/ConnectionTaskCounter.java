package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus.Tasks;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the AckTasks of each connection from the informer's cache. The published numbers of a
 * connection change at most once a minute. Thread-safe.
 */
public final class ConnectionTaskCounter {
  private static final Logger log = LoggerFactory.getLogger(ConnectionTaskCounter.class);

  /** After a minute without a change, the next one is published within this time. */
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private static final long PUBLISH_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Tasks NONE = new Tasks(0, 0);

  /**
   * Published numbers.
   *
   * @param since when, in nanoseconds of the monotonic clock
   */
  private record Published(Tasks tasks, long since) {}

  private final Supplier<List<AckTask>> tasks;
  private final ConnectionResolver connections;
  private final LongSupplier nanoTime;
  private volatile Consumer<ConnectionKey> listener = key -> {};
  private final Map<ConnectionKey, Published> published = new HashMap<>();
  private boolean isCounted;

  /**
   * @param tasks the cached objects
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public ConnectionTaskCounter(
      Supplier<List<AckTask>> tasks, ConnectionResolver connections, LongSupplier nanoTime) {
    this.tasks = tasks;
    this.connections = connections;
    this.nanoTime = nanoTime;
  }

  /** Sets the listener that receives each connection whose published numbers changed. */
  void onChange(Consumer<ConnectionKey> changed) {
    listener = changed;
  }

  /** Counts now and at intervals; to be called once the cache is complete. */
  public void start(ScheduledExecutorService timer) {
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            this::countGuarded, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The published numbers of a connection; empty before the first count. */
  synchronized Optional<Tasks> of(ConnectionKey key) {
    Published known = published.get(key);
    return !isCounted ? Optional.empty() : Optional.of(known == null ? NONE : known.tasks);
  }

  /** Counts, and publishes the numbers that may change. */
  void count() {
    publish(counted()).forEach(key -> listener.accept(key));
  }

  private void countGuarded() {
    try {
      count();
    } catch (Throwable unexpected) { // an exception would end the timer
      log.error("The AckTasks of the connections could not be counted; it is repeated", unexpected);
    }
  }

  private Map<ConnectionKey, Tasks> counted() {
    Map<ConnectionKey, Tasks> counts = new HashMap<>();
    for (AckTask task : tasks.get()) {
      var spec = task.getSpec();
      connections
          .target(task.getMetadata().getNamespace(), spec == null ? null : spec.connectionRef())
          .ifPresent(
              key -> {
                int unfinished = AckTaskSnapshotFactory.of(task).isFinished() ? 0 : 1;
                counts.merge(key, new Tasks(1, unfinished), ConnectionTaskCounter::sum);
              });
    }
    return counts;
  }

  /** Returns the connections whose published numbers changed; all of them the first time. */
  private synchronized Set<ConnectionKey> publish(Map<ConnectionKey, Tasks> counts) {
    long now = nanoTime.getAsLong();
    Set<ConnectionKey> keys = new HashSet<>(counts.keySet());
    keys.addAll(published.keySet());
    Set<ConnectionKey> changed = new HashSet<>();
    for (ConnectionKey key : keys) {
      Published before = published.get(key);
      Tasks count = counts.getOrDefault(key, NONE);
      boolean mayChange = before == null || now - before.since >= PUBLISH_NANOS;
      if (mayChange && (before == null || !count.equals(before.tasks))) {
        published.put(key, new Published(count, now));
        changed.add(key);
      } else if (mayChange && count.equals(NONE)) {
        published.remove(key); // as of a connection without tasks
      }
    }
    if (!isCounted) {
      isCounted = true;
      changed.addAll(connections.keys());
    }
    return changed;
  }

  private static Tasks sum(Tasks a, Tasks b) {
    return new Tasks(a.total() + b.total(), a.unfinished() + b.unfinished());
  }
}
