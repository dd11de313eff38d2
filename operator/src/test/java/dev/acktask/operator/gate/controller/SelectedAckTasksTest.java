package dev.acktask.operator.gate.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.gate.GateSettings.Condition.SelectedSucceeded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SelectedAckTasksTest {
  private static final Map<String, String> LABELS = Map.of("change", "v2");
  private static final SelectedSucceeded SELECTOR =
      new SelectedSucceeded(LABELS, Duration.ofHours(1), 2);

  private final CountingTasks cache = new CountingTasks();
  private final SelectedAckTasks selected = new SelectedAckTasks(cache);

  @Test
  void shouldReadTheNamespaceOnce() {
    put("a", LABELS);
    put("b", Map.of("change", "v1"));

    assertEquals(Set.of("a"), names());
    assertEquals(Set.of("a"), names());
    assertEquals(1, cache.scans);
  }

  @Test
  void shouldReadWhatWasAddedLater() {
    names();
    put("a", LABELS);

    selected.add(Gates.id("gate"), "a");

    assertEquals(Set.of("a"), names());
    assertEquals(1, cache.scans);
  }

  @Test
  void shouldNotSelectWhatHasLostTheLabelsOrIsGone() {
    // given
    put("a", LABELS);
    put("b", LABELS);
    assertEquals(Set.of("a", "b"), names());

    // when
    put("a", Map.of());
    cache.tasks.remove(labelled("b", LABELS));

    // then
    assertEquals(Set.of(), names());
  }

  @Test
  void shouldMissNoChangeWhileTheNamespaceIsRead() {
    cache.duringScan =
        () -> {
          put("a", LABELS);
          selected.add(Gates.id("gate"), "a");
        };

    names();

    assertEquals(Set.of("a"), names());
  }

  @Test
  void shouldReadTheNamespaceAgainForAnotherSelector() {
    put("a", LABELS);
    names();
    put("b", Map.of("change", "v3"));

    SelectedSucceeded other = new SelectedSucceeded(Map.of("change", "v3"), Duration.ofHours(1), 2);

    assertEquals(Set.of("b"), names(other));
  }

  @Test
  void shouldForgetAGate() {
    names();
    selected.remove(Gates.id("gate"));
    put("a", LABELS);
    selected.add(Gates.id("gate"), "a");

    assertEquals(Set.of("a"), names());
    assertEquals(2, cache.scans);
  }

  @Test
  void shouldReadTheNamespaceEachTimeWhenThereAreTooManyNames() {
    // given
    for (int i = 0; i <= SelectedAckTasks.MAX_NAMES; i++) {
      put("task-" + i, LABELS);
    }

    // when
    names();
    put("later", LABELS);

    // then
    assertEquals(SelectedAckTasks.MAX_NAMES + 2, names().size());
    assertEquals(2, cache.scans);
  }

  private Set<String> names() {
    return names(SELECTOR);
  }

  private Set<String> names(SelectedSucceeded selector) {
    return selected.of(Gates.id("gate"), selector).stream()
        .map(task -> task.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private void put(String name, Map<String, String> labels) {
    cache.tasks.put(labelled(name, labels));
  }

  private static AckTask labelled(String name, Map<String, String> labels) {
    AckTask task = AckTasks.running().name(name).build();
    task.getMetadata().setLabels(labels);
    return task;
  }

  /** Counts how often a namespace is read. */
  private static final class CountingTasks implements GateTaskCache {
    final FakeGateTasks tasks = new FakeGateTasks();
    int scans;
    Runnable duringScan = () -> {};

    @Override
    public Optional<AckTask> find(String namespace, String name) {
      return tasks.find(namespace, name);
    }

    @Override
    public List<AckTask> in(String namespace) {
      scans++;
      List<AckTask> read = tasks.in(namespace);
      duringScan.run();
      return read;
    }

    @Override
    public List<AckTask> unfinished(String namespace, String clusterId) {
      return tasks.unfinished(namespace, clusterId);
    }
  }
}
