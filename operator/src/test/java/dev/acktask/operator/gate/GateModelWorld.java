package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.gate.GateEvidence.ClusterList;
import dev.acktask.operator.gate.GateEvidence.Discovery;
import dev.acktask.operator.gate.GateEvidence.Sweep;
import dev.acktask.operator.gate.GateModelTask.Verdict;
import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A gate, AckTasks, clusters and what the operator remembers of their lists. It stands for the
 * controller: it reads the evidence and stores the decision.
 */
final class GateModelWorld {
  static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
  static final List<String> CLUSTERS = List.of("c1", "c2");
  static final Duration SINCE = Duration.ofHours(1);
  static final Instant CREATED = Gates.CREATED;

  /** A list as the cloud answered it. */
  record Listed(String clusterId, int connection, long began, boolean isComplete, int running) {
    private String key() {
      return clusterId + "/" + connection;
    }
  }

  final GateSpec spec;
  final Map<String, GateModelTask> tasks = new TreeMap<>();
  Discovery discovery = Discovery.ACTIVE;

  /** Running tasks of the cloud, also those without an AckTask. */
  final Map<String, TreeSet<String>> running = new HashMap<>();

  /** Lists under way, as the cloud was when they began. */
  private final List<Listed> underWay = new ArrayList<>();

  /** What the process remembers. */
  final Map<String, Listed> lists = new TreeMap<>();

  final Map<String, String> failures = new TreeMap<>();

  Instant now = CREATED.plusSeconds(5);
  long nanos = Long.MAX_VALUE - Duration.ofMinutes(5).toNanos();

  /** When the process observed the gate. */
  @Nullable Long gateObserved;

  @Nullable GateStatus status;
  boolean isStatusTrusted = true;

  private final int connections;
  private final Parsed<GateSettings> settings;
  private final GateEvaluator evaluator = new GateEvaluator();

  GateModelWorld(Random random) {
    this.spec = randomSpec(random);
    this.settings = GateSettings.parse(spec);
    this.connections = 1 + random.nextInt(2);
    CLUSTERS.forEach(id -> running.put(id, new TreeSet<>()));
  }

  private static GateSpec randomSpec(Random random) {
    GateSpec.Builder spec =
        switch (random.nextInt(3)) {
          case 0 -> Gates.named(NAMES.subList(0, 1 + random.nextInt(4)).toArray(String[]::new));
          case 1 -> Gates.selected().count(1 + random.nextInt(3));
          default ->
              Gates.noneRunning(CLUSTERS.subList(0, 1 + random.nextInt(2)).toArray(String[]::new));
        };
    return spec.deadline(random.nextInt(3) == 0 ? "1m" : null).build();
  }

  GateSnapshot gate() {
    return new GateSnapshot("uid", 1, CREATED, spec, status, isStatusTrusted);
  }

  /** A reconcile; the caller stores the status. */
  GateDecision decide() {
    if (gateObserved == null) {
      gateObserved = nanos;
    }
    return evaluator.evaluate(gate(), settings, evidence(), now);
  }

  /** The write of {@code decided}; equal content is not written. */
  void write(GateStatus decided) {
    if (!decided.equals(status)) {
      status = decided;
      isStatusTrusted = true;
    }
  }

  private GateEvidence evidence() {
    GateSettings.Condition condition = ((Parsed.Valid<GateSettings>) settings).value().condition();
    if (!(condition instanceof GateSettings.Condition.NoneRunning clusters)) {
      GateSelection selection = new GateSelection(condition);
      return new GateEvidence.Tasks(
          tasks.values().stream()
              .filter(it -> !it.isBeingDeleted && selection.selects(it.name, labels(it)))
              .map(GateModelTask::read)
              .toList());
    }
    Map<String, List<ClusterList>> known = new HashMap<>();
    for (String clusterId : clusters.clusterIds()) {
      for (int connection = 0; connection < connections; connection++) {
        list(clusterId + "/" + connection)
            .ifPresent(it -> known.computeIfAbsent(clusterId, id -> new ArrayList<>()).add(it));
      }
    }
    return new GateEvidence.Lists(
        discovery,
        known,
        tasks.values().stream().filter(it -> !it.isSucceeded()).map(GateModelTask::read).toList());
  }

  private Optional<ClusterList> list(String key) {
    Listed listed = lists.get(key);
    String failure = failures.get(key);
    if (listed == null) {
      return Optional.ofNullable(failure).map(ClusterList::failed);
    }
    Sweep sweep = new Sweep(listed.began(), listed.isComplete(), listed.running(), List.of());
    return Optional.of(ClusterList.of(sweep, gateObserved, nanos, failure));
  }

  private static Map<String, String> labels(GateModelTask task) {
    return task.hasLabel ? Gates.LABELS : Map.of("change", "0");
  }

  /** Another process starts: it knows the objects only. */
  void restart() {
    lists.clear();
    failures.clear();
    underWay.clear();
    gateObserved = null;
  }

  void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  void beginSweep(String clusterId, int connection, boolean isComplete) {
    int found = running.get(clusterId).size();
    underWay.add(new Listed(clusterId, connection % connections, nanos, isComplete, found));
  }

  /** The answer of any list under way, also if a later one was answered before. */
  void endSweep(Random random) {
    if (!underWay.isEmpty()) {
      Listed ended = underWay.remove(random.nextInt(underWay.size()));
      Listed before = lists.get(ended.key());
      if (before == null || before.began() - ended.began() < 0) {
        lists.put(ended.key(), ended);
        failures.remove(ended.key());
      }
    }
  }

  void failSweep(Random random) {
    if (!underWay.isEmpty()) {
      failures.put(underWay.remove(random.nextInt(underWay.size())).key(), "Throttled.");
    }
  }

  /** All that a gate can ask for: tasks that succeeded, and quiet clusters that are swept. */
  void settle() {
    pass(Duration.ofSeconds(1));
    discovery = Discovery.ACTIVE;
    tasks.clear();
    underWay.clear();
    CLUSTERS.forEach(id -> running.get(id).clear());
    int wanted = spec.taskRefs() == null ? spec.count() == null ? 0 : spec.count() : NAMES.size();
    for (String name : NAMES.subList(0, wanted)) {
      GateModelTask task = new GateModelTask(name, "c1", true, CREATED);
      task.verdict = Verdict.SUCCEEDED;
      tasks.put(name, task);
    }
    decide();
    pass(Duration.ofSeconds(1));
    for (String clusterId : CLUSTERS) {
      for (int connection = 0; connection < connections; connection++) {
        beginSweep(clusterId, connection, true);
      }
    }
    while (!underWay.isEmpty()) {
      endSweep(new Random(0));
    }
  }
}
