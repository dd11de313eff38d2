package dev.acktask.operator.polling;

import dev.acktask.operator.polling.PollQueue.Entry;
import dev.acktask.operator.polling.SweptTask.Cause;
import dev.acktask.operator.polling.SweptTasks.Sweep;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What sweeps do to the polls of one connection: they move due times, nothing else. A sweep stands
 * in for polls only for two intervals. If none follows, the polls come back by themselves. Times
 * are values of one monotonic clock in nanoseconds. Not thread-safe.
 */
final class SweptPolls {
  /** The unfinished tasks of a cluster, and until when its last sweep counts. */
  private static final class ClusterTasks {
    private final Map<TaskKey, TrackedTask> tasks = new LinkedHashMap<>();
    private boolean isSwept;
    private long sweptUntil;
  }

  private static final int VALID_INTERVALS = 2;
  private static final int MIN_TASKS = 2;

  private final String connection;
  private final PollQueue queue;
  private final PollTiming timing;
  private final LongSupplier nanoTime;
  private final SweepTrust trust = new SweepTrust();
  private final Map<String, ClusterTasks> clusters = new HashMap<>();
  private final Map<TaskKey, String> clusterOf = new HashMap<>();
  private volatile long changes;

  /**
   * @param connection id of the connection
   */
  SweptPolls(String connection, PollQueue queue, PollTiming timing, LongSupplier nanoTime) {
    this.connection = connection;
    this.queue = queue;
    this.timing = timing;
    this.nanoTime = nanoTime;
  }

  /** Takes in that a task is new, has finished, or may have another cluster. */
  void update(TrackedTask task) {
    String cluster = task.isFinal || isFast(task) ? null : task.cluster();
    String now = cluster != null && ListedCluster.isId(cluster) ? cluster : null;
    if (!Objects.equals(now, clusterOf.get(task.key))) {
      remove(task.key);
      if (now != null) {
        clusterOf.put(task.key, now);
        clusters.computeIfAbsent(now, none -> new ClusterTasks()).tasks.put(task.key, task);
      }
    }
  }

  /** True for a task that is polled more often than any list is read: a sweep would delay it. */
  private boolean isFast(TrackedTask task) {
    return timing.interval(task).compareTo(SweepTiming.MIN_INTERVAL) < 0;
  }

  /** Forgets a task. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only read without the lock
  void remove(TaskKey task) {
    changes++;
    String cluster = clusterOf.remove(task);
    if (cluster != null) {
      clusters.computeIfPresent(
          cluster,
          (id, it) -> {
            it.tasks.remove(task);
            return it.tasks.isEmpty() ? null : it;
          });
    }
  }

  /** See {@link SweptTasks#clusterChanges}. May be called without a lock. */
  long changes() {
    return changes;
  }

  /** See {@link SweptTasks#unfinishedByCluster}. */
  Map<String, Integer> unfinishedByCluster() {
    Map<String, Integer> counts = new HashMap<>();
    clusters.forEach(
        (id, cluster) -> {
          if (cluster.tasks.size() >= MIN_TASKS) {
            counts.put(id, cluster.tasks.size());
          }
        });
    return counts;
  }

  /** See {@link SweptTasks#shortestInterval}. */
  Optional<Duration> shortestInterval(String clusterId) {
    return Optional.ofNullable(clusters.get(clusterId)).stream()
        .flatMap(cluster -> cluster.tasks.values().stream())
        .map(timing::interval)
        .min(Comparator.naturalOrder());
  }

  /** See {@link SweptTasks#listed}. */
  void listed(String clusterId, List<ListedTask> page) {
    ClusterTasks cluster = clusters.get(clusterId);
    if (cluster == null) {
      return;
    }
    for (ListedTask each : page) {
      TrackedTask task = cluster.tasks.get(new TaskKey(connection, each.task()));
      if (task != null) {
        task.swept.list(TaskFingerprint.of(each));
        if (task.swept.isMoved()) {
          pollNow(task);
        }
      }
    }
  }

  /** See {@link SweptTasks#swept}. */
  int swept(Sweep sweep) {
    ClusterTasks cluster =
        Objects.requireNonNullElseGet(clusters.get(sweep.clusterId()), ClusterTasks::new);
    Map<TaskKey, TaskFingerprint> listed = new HashMap<>();
    for (ListedTask each : sweep.tasks()) {
      TaskKey key = new TaskKey(connection, each.task());
      if (cluster.tasks.containsKey(key) || trust.isSuspect(key)) {
        listed.put(key, TaskFingerprint.of(each));
      }
    }
    int misses = trust.judge(sweep.clusterId(), sweep.start(), listed, sweep.isComplete());
    cluster.isSwept = true;
    cluster.sweptUntil =
        nanoTime.getAsLong() + sweep.interval().multipliedBy(VALID_INTERVALS).toNanos();
    for (TrackedTask task : cluster.tasks.values()) {
      apply(cluster, task, listed.get(task.key), sweep.isComplete());
    }
    return misses;
  }

  /** See {@link SweptTasks#sweepFailed}. */
  void failed(String clusterId) {
    ClusterTasks cluster = clusters.get(clusterId);
    if (cluster != null) {
      cluster.isSwept = false;
      cluster.tasks.values().forEach(this::fallBack);
    }
  }

  /** Takes in a poll that was answered, and counts a change that it found. */
  void answered(TrackedTask task, Poll poll, TaskLookup lookup) {
    SweptTask swept = task.swept;
    boolean isChanged = swept.isChangedBy(lookup, poll.start());
    Cause cause = swept.takeCause(isChanged);
    TaskFingerprint listed = swept.listed();
    String cluster = task.cluster();
    if (!isChanged || listed == null || cluster == null) {
      return;
    }
    switch (cause) {
      case MOVED -> trust.announced();
      case DIFFERENT -> {
        // Says nothing: the two calls may write the same in different ways.
      }
      case NONE -> trust.suspect(task.key, cluster, listed, nanoTime.getAsLong());
    }
  }

  /** Postpones the next poll of {@code task} if the last sweep of its cluster stands in for it. */
  void postpone(TrackedTask task) {
    String clusterId = clusterOf.get(task.key);
    ClusterTasks cluster = clusterId == null ? null : clusters.get(clusterId);
    if (cluster != null && cluster.isSwept && cluster.sweptUntil - nanoTime.getAsLong() > 0) {
      postpone(cluster, task);
    }
  }

  /** Polls {@code task} with its normal interval again. */
  void fallBack(TrackedTask task) {
    Entry entry = queue.get(task.key);
    if (entry != null && task.swept.hasDetails()) {
      long now = nanoTime.getAsLong();
      queue.scheduleAtLatest(
          task.key, entry.namespace(), later(task.swept.normalDue(), spread(task, now)));
    }
  }

  private void apply(
      ClusterTasks cluster, TrackedTask task, @Nullable TaskFingerprint entry, boolean complete) {
    if (entry == null) {
      if (complete) {
        task.swept.unlist();
      }
      fallBack(task);
      return;
    }
    task.swept.list(entry);
    if (task.swept.isMoved()) {
      pollNow(task);
    } else {
      postpone(cluster, task);
    }
  }

  private void pollNow(TrackedTask task) {
    Entry entry = queue.get(task.key);
    if (entry != null && task.poll == null && task.failingSince() == null) {
      queue.scheduleAtLatest(task.key, entry.namespace(), nanoTime.getAsLong());
    }
  }

  private void postpone(ClusterTasks cluster, TrackedTask task) {
    Entry entry = queue.get(task.key);
    if (entry == null || entry.isRequested() || task.isAwaited() || !task.swept.isCurrent()) {
      return;
    }
    long start = task.swept.detailsStart();
    Duration maxAge = timing.interval(task).multipliedBy(trust.maxAge());
    long old = start + Spread.shortened(maxAge, Spread.random(task.key, start));
    long earliest = later(task.swept.normalDue(), cluster.sweptUntil);
    if (entry.due() - earliest >= 0 && entry.due() - old <= 0) {
      return; // late enough: most sweeps leave most polls as they are
    }
    long unswept = later(task.swept.normalDue(), spread(task, cluster.sweptUntil));
    long due = old - unswept < 0 ? old : unswept;
    if (due != entry.due()) {
      queue.schedule(task.key, entry.namespace(), due);
    }
  }

  /** A time within one interval after {@code time}, so that many tasks do not synchronise. */
  private long spread(TrackedTask task, long time) {
    double random = Spread.random(task.key, time);
    return time + Math.round(timing.interval(task).toNanos() * random);
  }

  private static long later(long a, long b) {
    return a - b > 0 ? a : b;
  }
}
