package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.gate.GateSelection;
import dev.acktask.operator.gate.GateSettings;
import dev.acktask.operator.gate.GateSettings.Condition;
import dev.acktask.operator.gate.GateSnapshot;
import dev.acktask.operator.kubernetes.CachedLabels;
import dev.acktask.operator.text.Parsed;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which gates a change of an AckTask or of a list concerns, so that a change is cheap however many
 * gates and AckTasks there are. A gate has at most as many entries as its spec names AckTasks or
 * clusters; a final one has none. Thread-safe.
 */
final class GateIndex {
  /** What a gate waits for. */
  private sealed interface Subject {
    /** An AckTask. */
    record Name(String namespace, String name) implements Subject {}

    /** One of the labels of a selector; the others are compared afterwards. */
    record Label(String namespace, String key, String value) implements Subject {}

    /** AckTasks of a cluster. */
    record ClusterOfTask(String namespace, String clusterId) implements Subject {}

    /** Lists of a cluster. */
    record SweptCluster(ResourceID discovery, String clusterId) implements Subject {}

    /** The state of a discovery. */
    record Discovery(ResourceID discovery) implements Subject {}

    /** Selectors, for an AckTask whose labels are not all known. */
    record Selector(String namespace) implements Subject {}
  }

  /**
   * A known gate.
   *
   * @param observed when its object was first observed, on the monotonic clock
   * @param selection null for a gate that is final or has an invalid spec
   */
  private record Gate(
      String uid, long observed, @Nullable GateSelection selection, Set<Subject> subjects) {}

  private final LongSupplier nanoTime;
  private final Map<ResourceID, Gate> gates = new HashMap<>();
  private final Map<Subject, Set<ResourceID>> bySubject = new HashMap<>();

  /**
   * @param nanoTime the monotonic clock of the sweeps
   */
  GateIndex(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Takes in a version of a gate. The first one of each uid sets when it was observed. */
  void put(AckTaskGate object) {
    ResourceID id = ResourceID.fromResource(object);
    GateSnapshot snapshot = GateSnapshotFactory.of(object);
    put(id, snapshot.uid(), condition(snapshot));
  }

  private synchronized void put(ResourceID id, String uid, Optional<Condition> condition) {
    Gate before = gates.get(id);
    long observed =
        before != null && before.uid.equals(uid) ? before.observed : nanoTime.getAsLong();
    remove(id);
    Set<Subject> subjects =
        condition.map(it -> subjects(id.getNamespace().orElse(""), it)).orElse(Set.of());
    gates.put(
        id, new Gate(uid, observed, condition.map(GateSelection::new).orElse(null), subjects));
    subjects.forEach(it -> bySubject.computeIfAbsent(it, none -> new LinkedHashSet<>()).add(id));
  }

  synchronized void remove(ResourceID id) {
    Gate gate = gates.remove(id);
    if (gate != null) {
      for (Subject subject : gate.subjects) {
        bySubject.computeIfPresent(
            subject, (key, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids);
      }
    }
  }

  /** When this process first observed the gate; empty if it is not known with this uid. */
  synchronized OptionalLong observed(ResourceID id, String uid) {
    Gate gate = gates.get(id);
    return gate == null || !gate.uid.equals(uid)
        ? OptionalLong.empty()
        : OptionalLong.of(gate.observed);
  }

  /**
   * The gates that a change concerns.
   *
   * @param versions the AckTask before and after the change; one of them if it was created or
   *     deleted
   */
  synchronized Set<ResourceID> concerned(List<AckTask> versions) {
    Set<ResourceID> concerned = new HashSet<>();
    for (AckTask task : versions) {
      subjects(task)
          .flatMap(subject -> bySubject.getOrDefault(subject, Set.of()).stream())
          .filter(id -> concerns(id, task))
          .forEach(concerned::add);
    }
    return concerned;
  }

  /** The gates that lists of this cluster concern, with the time when each was observed. */
  synchronized Map<ResourceID, Long> concerned(ResourceID discovery, String clusterId) {
    Map<ResourceID, Long> concerned = new HashMap<>();
    for (ResourceID id : of(new Subject.SweptCluster(discovery, clusterId))) {
      Optional.ofNullable(gates.get(id)).ifPresent(gate -> concerned.put(id, gate.observed));
    }
    return concerned;
  }

  /** The gates that name the discovery. */
  synchronized Set<ResourceID> concerned(ResourceID discovery) {
    return Set.copyOf(of(new Subject.Discovery(discovery)));
  }

  /** The gates that name any discovery. */
  synchronized Set<ResourceID> withDiscovery() {
    Set<ResourceID> found = new HashSet<>();
    bySubject.forEach(
        (subject, ids) -> {
          if (subject instanceof Subject.Discovery) {
            found.addAll(ids);
          }
        });
    return found;
  }

  private Set<ResourceID> of(Subject subject) {
    return bySubject.getOrDefault(subject, Set.of());
  }

  private boolean concerns(ResourceID id, AckTask task) {
    Gate gate = gates.get(id);
    if (gate == null || gate.selection == null) {
      return false;
    }
    Map<String, String> labels = labels(task);
    String name = task.getMetadata().getName();
    return CachedLabels.areAllKnown(labels)
        ? clusters(task).anyMatch(cluster -> gate.selection.concerns(name, labels, cluster))
            || gate.selection.concerns(name, labels, null)
        : true;
  }

  /** What a gate with this spec waits for; empty if it never changes again. */
  private static Optional<Condition> condition(GateSnapshot snapshot) {
    return !snapshot.isFinal()
            && GateSettings.parse(snapshot.spec()) instanceof Parsed.Valid<GateSettings> valid
        ? Optional.of(valid.value().condition())
        : Optional.empty();
  }

  private Set<Subject> subjects(String namespace, Condition condition) {
    Set<Subject> subjects = new HashSet<>();
    switch (condition) {
      case Condition.NamedSucceeded named ->
          named.names().forEach(name -> subjects.add(new Subject.Name(namespace, name)));
      case Condition.SelectedSucceeded selected -> {
        subjects.add(rarest(namespace, selected.labels()));
        subjects.add(new Subject.Selector(namespace));
      }
      case Condition.NoneRunning clusters -> {
        ResourceID discovery = new ResourceID(clusters.discovery(), namespace);
        subjects.add(new Subject.Discovery(discovery));
        for (String clusterId : clusters.clusterIds()) {
          subjects.add(new Subject.ClusterOfTask(namespace, clusterId));
          subjects.add(new Subject.SweptCluster(discovery, clusterId));
        }
      }
    }
    return Set.copyOf(subjects);
  }

  /** The label that the fewest gates are found by. */
  private Subject rarest(String namespace, Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> (Subject) new Subject.Label(namespace, label.getKey(), label.getValue()))
        .min(Comparator.comparingInt(label -> of(label).size()))
        .orElseThrow();
  }

  private static Stream<Subject> subjects(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    String namespace = meta.getNamespace();
    Stream.Builder<Subject> subjects = Stream.builder();
    subjects.add(new Subject.Name(namespace, meta.getName()));
    Map<String, String> labels = labels(task);
    if (CachedLabels.areAllKnown(labels)) {
      labels.forEach((key, value) -> subjects.add(new Subject.Label(namespace, key, value)));
    } else {
      subjects.add(new Subject.Selector(namespace));
    }
    clusters(task).forEach(id -> subjects.add(new Subject.ClusterOfTask(namespace, id)));
    return subjects.build();
  }

  private static Map<String, String> labels(AckTask task) {
    return Objects.requireNonNullElse(task.getMetadata().getLabels(), Map.of());
  }

  private static Stream<String> clusters(AckTask task) {
    AckTaskSpec spec = task.getSpec();
    AckTaskStatus status = task.getStatus();
    return Stream.of(
            Optional.ofNullable(spec).map(AckTaskSpec::clusterId),
            Optional.ofNullable(status).map(AckTaskStatus::clusterId))
        .flatMap(Optional::stream)
        .distinct();
  }
}
