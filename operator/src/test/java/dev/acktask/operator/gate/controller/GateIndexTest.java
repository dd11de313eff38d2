package dev.acktask.operator.gate.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.kubernetes.CachedAckTask;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class GateIndexTest {
  private static final Logger log = LoggerFactory.getLogger(GateIndexTest.class);
  private static final Map<String, String> LABELS = Map.of("app", "shop", "change", "v2");

  private final AtomicLong clock = new AtomicLong(10);
  private final GateIndex index = new GateIndex(clock::get);

  @Test
  void shouldFindTheGatesThatNameTheTask() {
    index.put(Gates.named("one", "a", "b"));
    index.put(Gates.named("two", "b", "c"));

    assertEquals(ids("one"), index.concerned(List.of(task("a"))));
    assertEquals(ids("one", "two"), index.concerned(List.of(task("b"))));
    assertEquals(ids(), index.concerned(List.of(task("d"))));
  }

  @Test
  void shouldIgnoreOtherNamespaces() {
    index.put(Gates.named("one", "a"));

    AckTask other = AckTasks.running().namespace("pay").name("a").build();

    assertEquals(ids(), index.concerned(List.of(other)));
  }

  @Test
  void shouldFindTheGatesThatSelectTheTask() {
    index.put(Gates.selecting("both", LABELS, 1));
    index.put(Gates.selecting("one", Map.of("change", "v2"), 1));

    assertEquals(ids("both", "one"), index.concerned(List.of(labelled(LABELS))));
    assertEquals(ids("one"), index.concerned(List.of(labelled(Map.of("change", "v2")))));
    assertEquals(ids(), index.concerned(List.of(labelled(Map.of("app", "shop")))));
  }

  @Test
  void shouldFindTheGateThatSelectedTheTaskBeforeTheChange() {
    index.put(Gates.selecting("both", LABELS, 1));

    assertEquals(
        ids("both"), index.concerned(List.of(labelled(LABELS), labelled(Map.of("app", "shop")))));
  }

  @Test
  void shouldFindEachSelectorWhenNotAllLabelsAreKnown() {
    // given
    index.put(Gates.selecting("both", LABELS, 1));
    index.put(Gates.named("other", "a"));
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      many.put("a%04d".formatted(i), "x");
    }

    // when
    AckTask task = CachedAckTask.prune(labelled(many));

    // then
    assertEquals(ids("both"), index.concerned(List.of(task)));
  }

  @Test
  void shouldFindTheGatesOfTheCluster() {
    // given
    index.put(Gates.quiet("quiet", "c1", "c2"));
    AckTask ofSpec = AckTasks.submitted().spec(AckTasks.spec().clusterId("c2").build()).build();
    AckTask ofStatus = AckTasks.running().build();
    AckTask other = AckTasks.submitted().spec(AckTasks.spec().clusterId("c3").build()).build();

    // then
    assertEquals(ids("quiet"), index.concerned(List.of(ofSpec)));
    assertEquals(ids("quiet"), index.concerned(List.of(ofStatus)));
    assertEquals(ids(), index.concerned(List.of(other)));
  }

  @Test
  void shouldFindTheGatesOfADiscovery() {
    // given
    index.put(Gates.quiet("quiet", "c1"));
    index.put(Gates.named("one", "a"));

    // then
    assertEquals(ids("quiet"), index.concerned(Gates.id("all")));
    assertEquals(ids("quiet"), index.withDiscovery());
    assertEquals(Map.of(Gates.id("quiet"), 10L), index.concerned(Gates.id("all"), "c1"));
    assertEquals(Map.of(), index.concerned(Gates.id("all"), "c2"));
    assertEquals(Map.of(), index.concerned(Gates.id("other"), "c1"));
  }

  @Test
  void shouldForgetADeletedGate() {
    // given
    index.put(Gates.named("one", "a"));
    index.put(Gates.quiet("quiet", "c1"));

    // when
    index.remove(Gates.id("one"));
    index.remove(Gates.id("quiet"));

    // then
    assertEquals(ids(), index.concerned(List.of(task("a"))));
    assertEquals(Map.of(), index.concerned(Gates.id("all"), "c1"));
    assertEquals(OptionalLong.empty(), index.observed(Gates.id("quiet"), "uid-quiet"));
  }

  @Test
  void shouldLeaveAFinalGateAlone() {
    AckTaskGate gate = Gates.named("one", "a");
    index.put(gate);

    index.put(succeeded(gate));

    assertEquals(ids(), index.concerned(List.of(task("a"))));
  }

  @Test
  void shouldFollowAFinalGateAgainOnceItIsForged() {
    AckTaskGate gate = succeeded(Gates.named("one", "a"));
    index.put(gate);

    Gates.forge(gate.getMetadata());
    index.put(gate);

    assertEquals(ids("one"), index.concerned(List.of(task("a"))));
  }

  @Test
  void shouldNotFollowAnInvalidGate() {
    index.put(Gates.gate("one", GateSpec.builder().mode("Any")));

    assertEquals(ids(), index.concerned(List.of(task("a"))));
  }

  @Test
  void shouldKeepTheTimeOfTheFirstObservation() {
    index.put(Gates.quiet("quiet", "c1"));
    clock.set(20);

    index.put(Gates.quiet("quiet", "c1"));

    assertEquals(OptionalLong.of(10), index.observed(Gates.id("quiet"), "uid-quiet"));
  }

  @Test
  void shouldObserveARecreatedGateAgain() {
    // given
    AckTaskGate gate = Gates.quiet("quiet", "c1");
    index.put(gate);
    clock.set(20);

    // when
    gate.getMetadata().setUid("another");
    index.put(gate);

    // then
    assertEquals(OptionalLong.of(20), index.observed(Gates.id("quiet"), "another"));
    assertEquals(OptionalLong.empty(), index.observed(Gates.id("quiet"), "uid-quiet"));
  }

  /** 10,000 AckTasks of 100 gates in one namespace change five times each. */
  @Test
  void shouldReadFewGatesForAChange() {
    // given
    List<AckTask> tasks = new ArrayList<>();
    for (int gate = 0; gate < 100; gate++) {
      Map<String, String> labels = Map.of("app", "shop", "gate", "g" + gate);
      index.put(Gates.selecting("gate-" + gate, labels, 100));
      tasks.add(labelled(labels));
    }

    // when
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    int concerned = 0;
    for (int change = 0; change < 50_000; change++) {
      AckTask task = tasks.get(change % 100);
      concerned += index.concerned(List.of(task, task)).size();
    }

    // then
    log.info(
        "50,000 changes in {} ms of CPU", (threads.getCurrentThreadCpuTime() - start) / 1_000_000);
    assertEquals(50_000, concerned);
  }

  private static AckTaskGate succeeded(AckTaskGate gate) {
    gate.setStatus(
        new GateStatus(
            1L,
            "Succeeded",
            "1/1",
            null,
            List.of(
                new Condition(
                    "Succeeded", "True", "AllSucceeded", "All.", 1L, "2026-01-02T03:04:05Z"))));
    assertTrue(GateSnapshotFactory.of(gate).isFinal());
    return gate;
  }

  private static AckTask task(String name) {
    return AckTasks.running().name(name).build();
  }

  private static AckTask labelled(Map<String, String> labels) {
    AckTask task = task("labelled");
    task.getMetadata().setLabels(labels);
    return task;
  }

  private static Set<ResourceID> ids(String... names) {
    return Stream.of(names).map(Gates::id).collect(Collectors.toUnmodifiableSet());
  }
}
