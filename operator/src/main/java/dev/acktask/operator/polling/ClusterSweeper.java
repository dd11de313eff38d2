package dev.acktask.operator.polling;

import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.TaskLookup;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The sweeps of one connection: which page is read when, and what becomes of it. Knows no thread
 * and makes no call; {@link ConnectionPoller} reads the pages. Thread-safe. Its lock is taken
 * before that of the tasks.
 */
final class ClusterSweeper {
  private final ConnectionKey connection;
  private final SweptTasks tasks;
  private final SweepTiming timing;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final int maxReading;
  private final SweptLists lists;
  private int reading;

  /**
   * @param tasks whose polls the sweeps stand in for
   * @param maxReading maximum number of pages that are read at the same time
   */
  ClusterSweeper(
      ConnectionKey connection,
      SweptTasks tasks,
      SweepTiming timing,
      Clock clock,
      LongSupplier nanoTime,
      int maxReading) {
    this.connection = connection;
    this.tasks = tasks;
    this.timing = timing;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.maxReading = maxReading;
    this.lists = new SweptLists(tasks, nanoTime.getAsLong());
  }

  /**
   * The sweeps of {@code connection}. At most half of the concurrent calls read pages, so that
   * lists that hang leave room for polls.
   *
   * @param maxConcurrent maximum number of concurrent calls of the connection
   */
  static ClusterSweeper of(
      Connection connection, SweptTasks tasks, PollContext context, int maxConcurrent) {
    return new ClusterSweeper(
        connection.key(),
        tasks,
        new SweepTiming(connection.requestInterval(), context.schedule().defaultInterval()),
        context.clock(),
        context.nanoTime(),
        Math.max(maxConcurrent / 2, 1));
  }

  /** Sweeps for {@code subscriber}, in place of an earlier subscription. */
  synchronized void subscribe(ResourceID subscriber, SweepSubscription subscription) {
    lists.subscribe(subscriber, subscription, nanoTime.getAsLong());
  }

  /** Ends a subscription. */
  synchronized void unsubscribe(ResourceID subscriber) {
    lists.unsubscribe(subscriber, nanoTime.getAsLong());
  }

  /** True if a subscriber wants sweeps. */
  synchronized boolean hasSubscribers() {
    return lists.hasSubscribers();
  }

  /** The listeners that want {@code result}. */
  synchronized List<Consumer<SweepResult>> listeners(SweepResult result) {
    return lists.listeners(result);
  }

  /** Time until the next page is due; zero or negative if one is; empty without one. */
  synchronized Optional<Duration> untilDue() {
    long now = nanoTime.getAsLong();
    lists.update(now);
    SweptListing<?> next = reading < maxReading ? lists.next() : null;
    return next == null ? Optional.empty() : Optional.of(Duration.ofNanos(next.due() - now));
  }

  /** Begins to read the page whose turn it is; empty if none is due. */
  synchronized Optional<PageCall> begin() {
    if (untilDue().filter(wait -> !wait.isPositive()).isEmpty()) {
      return Optional.empty();
    }
    Optional<PageCall> call =
        Optional.ofNullable(lists.next())
            .map(it -> it.begin(nanoTime.getAsLong(), clock.instant()));
    reading++;
    lists.moved();
    return call;
  }

  /** Takes in a page of the tasks of a cluster; empty unless the pass has ended. */
  synchronized Optional<SweepOutcome> completeTasks(PageCall call, Listing<ListedTask> page) {
    ended();
    SweptCluster cluster = lists.cluster(call.clusterId()).orElseThrow();
    return switch (page) {
      case Listing.Failed<ListedTask> failed -> {
        tasks.sweepFailed(call.clusterId());
        yield Optional.of(fail(cluster.listing(), SweptList.TASKS, failed.cause()));
      }
      case Listing.Listed<ListedTask> listed -> {
        Optional<SweepPass<ListedTask>> ended =
            cluster.listing().add(listed.page(), cluster.maxPages());
        if (ended.isEmpty()) {
          tasks.listed(call.clusterId(), listed.page().items());
        }
        yield ended.filter(pass -> cluster.isWanted()).map(pass -> swept(cluster, pass));
      }
    };
  }

  /** Takes in a page of the clusters; empty unless the pass has ended. */
  synchronized Optional<SweepOutcome> completeClusters(Listing<ListedCluster> page) {
    ended();
    return switch (page) {
      case Listing.Failed<ListedCluster> failed ->
          Optional.of(fail(lists.clusterList(), SweptList.CLUSTERS, failed.cause()));
      case Listing.Listed<ListedCluster> listed ->
          lists
              .clusterList()
              .add(listed.page(), SweepPass.MAX_PAGES)
              .map(
                  pass -> {
                    scheduleNext(lists.clusterList(), SweepTiming.CLUSTERS_INTERVAL);
                    lists.listed(pass.items(), pass.isComplete(), nanoTime.getAsLong());
                    return SweepOutcome.of(
                        new SweepResult.Clusters(
                            connection, pass.began(), pass.items(), pass.isComplete()));
                  });
    };
  }

  /** Takes in the plans of ACK's maintenance, which have one page. */
  synchronized Optional<SweepOutcome> completePlans(Listing<MaintenancePlan> page) {
    ended();
    return switch (page) {
      case Listing.Failed<MaintenancePlan> failed ->
          Optional.of(fail(lists.planList(), SweptList.PLANS, failed.cause()));
      case Listing.Listed<MaintenancePlan> listed ->
          lists
              .planList()
              .add(listed.page(), 1)
              .map(
                  pass -> {
                    scheduleNext(lists.planList(), SweepTiming.PLANS_INTERVAL);
                    return SweepOutcome.of(
                        new SweepResult.Plans(connection, pass.began(), pass.items()));
                  });
    };
  }

  private void ended() {
    reading--;
    lists.moved();
  }

  private SweepOutcome swept(SweptCluster cluster, SweepPass<ListedTask> pass) {
    String clusterId = cluster.listing().clusterId();
    Duration pollInterval = tasks.shortestInterval(clusterId).orElse(timing.defaultInterval());
    Duration interval = timing.interval(lists.pages(), pollInterval);
    scheduleNext(cluster.listing(), interval);
    List<ListedTask> listed = pass.items();
    int missed =
        tasks.swept(
            new SweptTasks.Sweep(clusterId, pass.start(), interval, listed, pass.isComplete()));
    return new SweepOutcome(
        new SweepResult.Tasks(
            connection, pass.began(), pass.start(), clusterId, listed, pass.isComplete()),
        missed);
  }

  private SweepOutcome fail(SweptListing<?> listing, SweptList list, TaskLookup.NoAnswer cause) {
    long now = nanoTime.getAsLong();
    SweepPass<?> pass = listing.fail(cause, now, Spread.random(listing.clusterId(), now));
    return SweepOutcome.of(
        new SweepResult.Failed(
            connection, pass.began(), pass.start(), list, listing.clusterId(), cause));
  }

  private void scheduleNext(SweptListing<?> listing, Duration interval) {
    long now = nanoTime.getAsLong();
    listing.scheduleNext(now, interval, Spread.random(listing.clusterId(), now));
  }
}
