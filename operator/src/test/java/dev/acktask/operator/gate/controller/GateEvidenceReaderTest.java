package dev.acktask.operator.gate.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.gate.GateEvidence;
import dev.acktask.operator.gate.GateEvidence.Discovery;
import dev.acktask.operator.gate.GateSettings;
import dev.acktask.operator.gate.GateTask;
import dev.acktask.operator.gate.GateTask.Outcome;
import dev.acktask.operator.kubernetes.CachedAckTask;
import dev.acktask.operator.text.Parsed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GateEvidenceReaderTest {
  private static final Map<String, String> LABELS = Map.of("change", "v2");
  private static final String DELETED = "2026-01-02T03:05:00Z";

  private final AtomicLong clock = new AtomicLong(100);
  private final FakeGateTasks tasks = new FakeGateTasks();
  private final FakeDiscoveries discoveries = new FakeDiscoveries();
  private final ClusterLists lists = new ClusterLists(clock::get);
  private final GateEvidenceReader reader =
      new GateEvidenceReader(tasks, discoveries, lists, new SelectedAckTasks(tasks));

  @Test
  void shouldReadTheNamedTasksThatExist() {
    tasks.put(AckTasks.succeeded().name("a").build());
    tasks.put(AckTasks.running().name("b").build());
    tasks.put(AckTasks.running().name("b").namespace("pay").build());
    tasks.put(AckTasks.running().name("other").build());

    assertEquals(List.of("a", "b"), names(Gates.named("gate", "a", "b", "c")));
  }

  @Test
  void shouldNotReadATaskThatIsBeingDeleted() {
    AckTask task = labelled("a", LABELS);
    task.getMetadata().setDeletionTimestamp(DELETED);
    tasks.put(task);

    assertEquals(List.of(), names(Gates.named("gate", "a")));
    assertEquals(List.of(), names(Gates.selecting("gate", LABELS, 1)));
  }

  @Test
  void shouldReadTheTasksWithAllLabels() {
    tasks.put(labelled("a", Map.of("change", "v2", "team", "shop")));
    tasks.put(labelled("b", Map.of("change", "v1")));
    tasks.put(labelled("c", Map.of()));
    tasks.put(AckTasks.running().name("d").build());

    assertEquals(List.of("a"), names(Gates.selecting("gate", LABELS, 1)));
  }

  @Test
  void shouldLeaveOutNoUnreportedTaskToOpen() {
    // given
    var gate = Gates.selecting("gate", LABELS, 1);
    tasks.put(labelled("a", LABELS));
    assertEquals(List.of("a"), names(gate));

    // when
    tasks.put(labelled("b", LABELS));

    // then
    assertEquals(List.of("a"), names(gate));
    assertEquals(List.of("a", "b"), names(reader.readToOpen(gate, settings(gate))));
  }

  @Test
  void shouldCountATaskWhoseLabelsAreNotAllKnown() {
    // given
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      many.put("a%04d".formatted(i), "x");
    }
    tasks.put(CachedAckTask.prune(labelled("many", many)));

    // when
    GateTask task = tasks(read(Gates.selecting("gate", LABELS, 1))).getFirst();

    // then
    assertEquals(Outcome.UNFINISHED, task.outcome());
    assertEquals(
        "The AckTask has more than 32 labels, so it is not known whether the selector selects it.",
        task.message());
  }

  @Test
  void shouldReadTheListsAndTheUnfinishedTasksOfTheClusters() {
    // given
    AckTaskGate gate = Gates.quiet("gate", "c1", "c2");
    lists.index().put(gate);
    lists.swept(Gates.id("all"), SweepResults.eu().tasks(101, "c1"));
    tasks.put(AckTasks.running().build());
    tasks.put(AckTasks.succeeded().name("done").build());

    // when
    var evidence = assertInstanceOf(GateEvidence.Lists.class, read(gate));

    // then
    assertEquals(Discovery.ACTIVE, evidence.discovery());
    assertTrue(evidence.clusters().get("c1").getFirst().isUsable());
    assertEquals(1, evidence.clusters().size());
    assertEquals(List.of("upgrade"), evidence.unfinished().stream().map(GateTask::name).toList());
  }

  @Test
  void shouldUseNoListForAGateThatIsNotKnown() {
    lists.index().put(Gates.quiet("other", "c1"));
    lists.swept(Gates.id("all"), SweepResults.eu().tasks(101, "c1"));
    clock.set(200);

    var evidence = assertInstanceOf(GateEvidence.Lists.class, read(Gates.quiet("gate", "c1")));

    assertEquals(false, evidence.clusters().get("c1").getFirst().isUsable());
  }

  @Test
  void shouldKnowTheStateOfTheDiscovery() {
    assertEquals(Discovery.ACTIVE, discovery());

    discoveries.put("all", FakeDiscoveries.spec().suspend(true));
    assertEquals(Discovery.INACTIVE, discovery());

    discoveries.put("all", DiscoverySpec.builder());
    assertEquals(Discovery.INACTIVE, discovery());
  }

  @Test
  void shouldMissADiscoveryThatIsDeleted() {
    discoveries.put("all", FakeDiscoveries.spec()).getMetadata().setDeletionTimestamp(DELETED);
    assertEquals(Discovery.MISSING, discovery());

    discoveries.remove("all");
    assertEquals(Discovery.MISSING, discovery());
  }

  @Test
  void shouldMissNoDiscoveryBeforeTheyAreListed() {
    discoveries.remove("all");
    discoveries.isStarted = false;

    assertEquals(Discovery.ACTIVE, discovery());
  }

  @Test
  void shouldAgeOnlyWithLists() {
    AckTaskGate gate = Gates.quiet("gate", "c1");
    lists.index().put(gate);
    lists.swept(Gates.id("all"), SweepResults.eu().tasks(101, "c1"));

    assertTrue(reader.untilOutdated(gate, settings(gate)).isPresent());
    assertEquals(
        Optional.empty(),
        reader.untilOutdated(Gates.named("named", "a"), settings(Gates.named("named", "a"))));
  }

  private Discovery discovery() {
    return assertInstanceOf(GateEvidence.Lists.class, read(Gates.quiet("gate", "c1"))).discovery();
  }

  private List<String> names(AckTaskGate gate) {
    return names(read(gate));
  }

  private static List<String> names(GateEvidence evidence) {
    return tasks(evidence).stream().map(GateTask::name).toList();
  }

  private static List<GateTask> tasks(GateEvidence evidence) {
    return assertInstanceOf(GateEvidence.Tasks.class, evidence).tasks();
  }

  private GateEvidence read(AckTaskGate gate) {
    return reader.read(gate, settings(gate));
  }

  private static GateSettings settings(AckTaskGate gate) {
    Parsed<GateSettings> parsed = GateSettings.parse(gate.getSpec());
    return ((Parsed.Valid<GateSettings>) parsed).value();
  }

  private static AckTask labelled(String name, Map<String, String> labels) {
    AckTask task = AckTasks.running().name(name).build();
    task.getMetadata().setLabels(labels);
    return task;
  }
}
