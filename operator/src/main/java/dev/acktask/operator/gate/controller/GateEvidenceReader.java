package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.discovery.DiscoverySettings;
import dev.acktask.operator.gate.GateEvidence;
import dev.acktask.operator.gate.GateEvidence.Discovery;
import dev.acktask.operator.gate.GateSelection;
import dev.acktask.operator.gate.GateSettings;
import dev.acktask.operator.gate.GateSettings.Condition;
import dev.acktask.operator.gate.GateTask;
import dev.acktask.operator.kubernetes.CachedLabels;
import dev.acktask.operator.text.Parsed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a gate is decided from: AckTasks and discoveries in the caches, and lists. */
final class GateEvidenceReader {
  private static final String TOO_MANY_LABELS =
      "The AckTask has more than %d labels, so it is not known whether the selector selects it."
          .formatted(CachedLabels.MAX);

  private final GateTaskCache tasks;
  private final DiscoveryCache discoveries;
  private final ClusterLists lists;
  private final SelectedAckTasks selectedTasks;

  GateEvidenceReader(
      GateTaskCache tasks,
      DiscoveryCache discoveries,
      ClusterLists lists,
      SelectedAckTasks selectedTasks) {
    this.tasks = tasks;
    this.selectedTasks = selectedTasks;
    this.discoveries = discoveries;
    this.lists = lists;
  }

  /**
   * The evidence that a gate opens by. For a selector the whole namespace is read: an AckTask whose
   * change was not reported to the gate must not be left out.
   */
  GateEvidence readToOpen(AckTaskGate gate, GateSettings settings) {
    return settings.condition() instanceof Condition.SelectedSucceeded selected
        ? members(selected, selectedTasks.readAgain(ResourceID.fromResource(gate), selected))
        : read(gate, settings);
  }

  /** The present evidence for a gate with these settings. */
  GateEvidence read(AckTaskGate gate, GateSettings settings) {
    String namespace = gate.getMetadata().getNamespace();
    return switch (settings.condition()) {
      case Condition.NamedSucceeded named ->
          new GateEvidence.Tasks(
              named.names().stream()
                  .distinct()
                  .flatMap(name -> tasks.find(namespace, name).stream())
                  .filter(GateEvidenceReader::exists)
                  .map(GateTaskFactory::of)
                  .toList());
      case Condition.SelectedSucceeded selected ->
          members(selected, selectedTasks.of(ResourceID.fromResource(gate), selected));
      case Condition.NoneRunning clusters -> lists(gate, clusters);
    };
  }

  /** Time after which the evidence for this gate changes by its age alone; empty if it does not. */
  Optional<Duration> untilOutdated(AckTaskGate gate, GateSettings settings) {
    return settings.condition() instanceof Condition.NoneRunning clusters
        ? lists.untilOutdated(discovery(gate, clusters), clusters.clusterIds(), observed(gate))
        : Optional.empty();
  }

  private static GateEvidence members(
      Condition.SelectedSucceeded selected, List<AckTask> selectedTasks) {
    return new GateEvidence.Tasks(
        selectedTasks.stream()
            .filter(GateEvidenceReader::exists)
            .map(task -> member(selected, task))
            .toList());
  }

  /** A task that may be selected neither opens nor closes the gate, but it counts. */
  private static GateTask member(Condition.SelectedSucceeded selected, AckTask task) {
    Map<String, String> labels =
        Objects.requireNonNullElse(task.getMetadata().getLabels(), Map.of());
    String name = task.getMetadata().getName();
    return new GateSelection(selected).selects(name, labels)
        ? GateTaskFactory.of(task)
        : GateTaskFactory.unfinished(task, TOO_MANY_LABELS);
  }

  private GateEvidence lists(AckTaskGate gate, Condition.NoneRunning clusters) {
    String namespace = gate.getMetadata().getNamespace();
    ResourceID discovery = discovery(gate, clusters);
    Stream<AckTask> unfinished =
        clusters.clusterIds().stream().flatMap(id -> tasks.unfinished(namespace, id).stream());
    return new GateEvidence.Lists(
        state(discovery),
        lists.of(discovery, clusters.clusterIds(), observed(gate)),
        unfinished.map(GateTaskFactory::of).distinct().toList());
  }

  /** Until the discoveries are listed, each is assumed to exist; no list is known then. */
  private Discovery state(ResourceID id) {
    Optional<AckTaskDiscovery> found = discoveries.find(id).filter(GateEvidenceReader::exists);
    if (found.isEmpty()) {
      return discoveries.isStarted() ? Discovery.MISSING : Discovery.ACTIVE;
    }
    DiscoverySpec spec = Objects.requireNonNullElse(found.get().getSpec(), DiscoverySpec.NOTHING);
    return DiscoverySettings.parse(spec) instanceof Parsed.Valid<DiscoverySettings> valid
            && !valid.value().options().isSuspended()
        ? Discovery.ACTIVE
        : Discovery.INACTIVE;
  }

  /** A gate that is not known has no list that began after it was. */
  private long observed(AckTaskGate gate) {
    return lists
        .index()
        .observed(ResourceID.fromResource(gate), gate.getMetadata().getUid())
        .orElseGet(lists::now);
  }

  private static ResourceID discovery(AckTaskGate gate, Condition.NoneRunning clusters) {
    return new ResourceID(clusters.discovery(), gate.getMetadata().getNamespace());
  }

  private static boolean exists(HasMetadata object) {
    return !object.isMarkedForDeletion();
  }
}
