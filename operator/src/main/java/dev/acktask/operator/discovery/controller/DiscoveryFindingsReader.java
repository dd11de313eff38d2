package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.discovery.DiscoveryFindings;
import dev.acktask.operator.discovery.DiscoveryFindings.Failure;
import dev.acktask.operator.discovery.DiscoveryFindings.Numbers;
import dev.acktask.operator.discovery.ObjectNames;
import dev.acktask.operator.discovery.controller.DiscoveryState.Handled;
import dev.acktask.operator.metrics.DiscoveryTasks;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Sums up what is known of a discovery, for its status and its metrics. */
final class DiscoveryFindingsReader {
  private final KnownAckTasks known;

  DiscoveryFindingsReader(KnownAckTasks known) {
    this.known = known;
  }

  /** The findings for the object with this metadata. */
  DiscoveryFindings read(ObjectMeta meta, DiscoveryState state) {
    Map<ClusterKey, Handled> handled = state.handled();
    String label = ObjectNames.discoveryLabel(meta.getName());
    Map<ClusterKey, Integer> mirrored = mirrored(known.of(meta.getNamespace(), label));
    List<Failure> failures = new ArrayList<>();
    state.inbox().ifPresent(inbox -> failures.addAll(inbox.failures()));
    int skipped = 0;
    int waiting = 0;
    for (var entry : handled.entrySet()) {
      Handled cluster = entry.getValue();
      skipped += Math.max(0, cluster.listed() - mirrored.getOrDefault(entry.getKey(), 0));
      waiting += cluster.waiting();
    }
    handled.values().stream()
        .map(Handled::failure)
        .filter(Objects::nonNull)
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .forEach(failures::add);
    return new DiscoveryFindings(
        handled.size(),
        new Numbers(
            state.created(),
            known.count(meta.getNamespace(), label),
            skipped,
            waiting,
            state.givenUp()),
        failures,
        state.createdNow(),
        state.watermarks());
  }

  /** The numbers of the tasks of a discovery, for the metrics. */
  static List<DiscoveryTasks> tasks(ResourceID discovery, DiscoveryState state) {
    String name = discovery.getNamespace().orElse("") + "/" + discovery.getName();
    List<DiscoveryTasks> tasks = new ArrayList<>();
    state
        .handled()
        .forEach(
            (cluster, handled) ->
                handled
                    .counts()
                    .counts()
                    .forEach(
                        (key, count) ->
                            tasks.add(
                                new DiscoveryTasks(
                                    new DiscoveryTasks.Series(
                                        name, cluster.clusterId(), key.type(), key.state()),
                                    count.tasks(),
                                    count.withoutAckTask()))));
    return tasks;
  }

  private Map<ClusterKey, Integer> mirrored(List<AckTask> tasks) {
    Map<ClusterKey, Integer> mirrored = new HashMap<>();
    for (AckTask task : tasks) {
      String cluster = task.getSpec() == null ? null : task.getSpec().clusterId();
      if (cluster != null) {
        mirrored.merge(new ClusterKey(known.connection(task), cluster), 1, Integer::sum);
      }
    }
    return mirrored;
  }
}
