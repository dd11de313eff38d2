package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Clusters;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.NamespaceLabels;
import dev.acktask.operator.discovery.DiscoveryFindings;
import dev.acktask.operator.discovery.DiscoverySettings;
import dev.acktask.operator.discovery.ListedTasks;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.polling.SweepResult;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.text.Parsed;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A discovery of one cluster without a framework: sweeps, creations, and its status. */
final class SweptDiscovery {
  static final ConnectionKey CONNECTION = ConnectionKey.cluster("eu");
  static final String CLUSTER = "c-example";

  final FakeAckTasks tasks = new FakeAckTasks();

  /** Reasons of the events of AckTasks. */
  final List<String> events = new ArrayList<>();

  private final ConnectionResolver connections =
      new ConnectionResolver(
          (key, version, spec) -> new Parsed.Invalid<>(List.of("is not used.")),
          Optional.empty(),
          NamespaceLabels.UNKNOWN);

  private final String namespace;
  private final DiscoverySettings settings;
  private Instant now = ListedTasks.NOW;
  private KnownAckTasks known;
  private TaskCreation creation;
  private DiscoveryState state;
  private SweepInbox inbox;

  SweptDiscovery(DiscoverySpec.Builder spec) {
    this.namespace = "shop";
    this.settings =
        switch (DiscoverySettings.parse(
            spec.clusters(new Clusters(List.of(CLUSTER), null, null)).build())) {
          case Parsed.Valid<DiscoverySettings> valid -> valid.value();
          case Parsed.Invalid<DiscoverySettings> invalid ->
              throw new AssertionError(invalid.problems());
        };
    restart(null);
  }

  /** A new process, which reads {@code status}. */
  void restart(DiscoveryStatus status) {
    tasks.deliver();
    Clock clock = clock();
    known = new KnownAckTasks(tasks, connections, clock);
    creation =
        new TaskCreation(
            known,
            tasks,
            new MaintenanceLabels(
                known,
                tasks,
                (object, recorded) ->
                    events.addAll(recorded.stream().map(ObjectEvent::reason).toList())),
            clock);
    state = new DiscoveryState("uid");
    state.load(status, now);
    inbox = new SweepInbox(settings, clock);
    state.begin(1, inbox);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  /** Sweeps a complete list, and creates. */
  void sweep(ListedTasks... listed) {
    sweep(List.of(listed).stream().map(ListedTasks::build).toList(), true);
  }

  void sweep(List<ListedTask> listed, boolean isComplete) {
    inbox.put(new SweepResult.Tasks(CONNECTION, now, 0, CLUSTER, listed, isComplete));
    creation.handle(factory(), state, inbox);
    tasks.deliver();
  }

  void failSweep() {
    inbox.put(
        new SweepResult.Failed(
            CONNECTION, now, 0, SweptList.TASKS, CLUSTER, new Throttled("Too many.", null, null)));
  }

  void plan(ListedTask task) {
    inbox.put(
        new SweepResult.Plans(
            CONNECTION, now, List.of(new MaintenancePlan("P-1", CLUSTER, task.task(), null))));
  }

  /** The watermarks as the status would hold them. */
  DiscoveryStatus status() {
    return new DiscoveryStatus(
        1L,
        1,
        new DiscoveryStatus.Tasks(state.created(), 0, 0),
        List.of(),
        List.of(),
        state.watermarks());
  }

  DiscoveryFindings findings() {
    return new DiscoveryFindingsReader(known).read(factory().discovery(), state);
  }

  List<String> present() {
    return tasks.server.keySet().stream().map(key -> key.substring(5)).sorted().toList();
  }

  AckTask get(String name) {
    return tasks.get(namespace + "/" + name);
  }

  private AckTaskFactory factory() {
    return new AckTaskFactory(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName("upgrades")
            .withUid("uid")
            .build(),
        settings);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }
}
