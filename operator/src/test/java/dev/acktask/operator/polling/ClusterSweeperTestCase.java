package dev.acktask.operator.polling;

import static dev.acktask.operator.polling.FakeLists.listed;

import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.polling.SweepSubscription.Clusters;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The sweeps of one connection on a simulated clock. */
abstract class ClusterSweeperTestCase {
  static final Duration POLLS = Duration.ofSeconds(15);
  static final Duration DEFAULT = Duration.ofSeconds(30);
  static final ResourceID A = new ResourceID("a", "team-a");
  static final ResourceID B = new ResourceID("b", "team-b");

  Instant now = Instant.parse("2026-01-02T03:04:05Z");
  long nanos = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos(); // it overflows soon
  final FakeTasks tasks = new FakeTasks();
  final FakeLists lists = new FakeLists();
  final List<SweepResult> results = new ArrayList<>();
  final ClusterSweeper sweeper = sweeper(Duration.ofMillis(1));

  ClusterSweeper sweeper(Duration requestInterval) {
    Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    return new ClusterSweeper(
        ConnectionKey.BUILT_IN,
        tasks,
        new SweepTiming(requestInterval, DEFAULT),
        clock,
        () -> nanos,
        8);
  }

  void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Reads all pages that are due. */
  void sweepAll() {
    sweepAll(sweeper);
  }

  void sweepAll(ClusterSweeper which) {
    for (Optional<PageCall> next = which.begin(); next.isPresent(); next = which.begin()) {
      complete(which, next.get());
    }
  }

  /** Reads the page and delivers the result. */
  void complete(ClusterSweeper which, PageCall call) {
    ConnectionLists read = lists.of(ConnectionKey.BUILT_IN);
    Optional<SweepOutcome> outcome =
        switch (call.list()) {
          case TASKS ->
              which.completeTasks(call, read.tasks().apply(call.clusterId(), call.page()));
          case CLUSTERS -> which.completeClusters(read.clusters().apply(call.page()));
          case PLANS -> which.completePlans(read.plans().get());
        };
    outcome
        .map(SweepOutcome::result)
        .ifPresent(result -> which.listeners(result).forEach(it -> it.accept(result)));
  }

  SweepSubscription ids(String... ids) {
    return new SweepSubscription(List.of(), new Clusters.Ids(Set.of(ids)), false, results::add);
  }

  SweepSubscription all(String... exclude) {
    return new SweepSubscription(List.of(), new Clusters.All(Set.of(exclude)), false, results::add);
  }

  SweepSubscription withPlans(String id) {
    return new SweepSubscription(List.of(), new Clusters.Ids(Set.of(id)), true, results::add);
  }

  static Listing<ListedTask> noTasks() {
    return listed(List.of(), null);
  }

  static List<ListedTask> tasks(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> FakeLists.task("T-" + i, "running", null))
        .toList();
  }

  /** Records the sweeps. */
  static final class FakeTasks implements SweptTasks {
    final Map<String, Integer> unfinished = new HashMap<>();
    final List<Sweep> sweeps = new ArrayList<>();
    final List<String> failed = new ArrayList<>();

    /** Cluster and number of tasks of each page before the last one of a sweep. */
    final List<String> listed = new ArrayList<>();

    private long changes;

    void put(String cluster, int number) {
      unfinished.put(cluster, number);
      changes++;
    }

    @Override
    public long clusterChanges() {
      return changes;
    }

    @Override
    public Map<String, Integer> unfinishedByCluster() {
      return Map.copyOf(unfinished);
    }

    @Override
    public Optional<Duration> shortestInterval(String clusterId) {
      return Optional.ofNullable(unfinished.get(clusterId)).map(none -> POLLS);
    }

    @Override
    public void listed(String clusterId, List<ListedTask> page) {
      listed.add(clusterId + " " + page.size());
    }

    @Override
    public int swept(Sweep sweep) {
      sweeps.add(sweep);
      return 0;
    }

    @Override
    public void sweepFailed(String clusterId) {
      failed.add(clusterId);
    }
  }
}
