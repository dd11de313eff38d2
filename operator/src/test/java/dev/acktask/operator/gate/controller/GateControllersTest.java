package dev.acktask.operator.gate.controller;

import static dev.acktask.operator.discovery.ListedTasks.task;
import static dev.acktask.operator.gate.controller.RunningGates.TIMEOUT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.gate.GateEvaluator;
import dev.acktask.operator.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controller of the gates in the real framework, with a mock API server. */
final class GateControllersTest {
  private static final String SUCCEEDED = "True/AllSucceeded";
  private static final String CLOSED = "False/TaskNotSucceeded";
  private static final String RUNNING = "Unknown/TasksRunning";
  private static final String MISSING = "Unknown/TasksMissing";
  private static final String QUIET = "True/NoneRunning";
  private static final String NOT_SWEPT = "Unknown/NotSweptYet";

  private final RunningGates running = new RunningGates();

  @BeforeEach
  void start() {
    running.start("");
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldOpenOnceEachNamedTaskSucceeded() {
    // given
    running.create(Gates.named("pools", "a", "b"));
    running.awaitVerdict("pools", MISSING);
    running.put(AckTasks.succeeded().name("a").build());
    running.put(AckTasks.running().name("b").build());
    running.awaitVerdict("pools", RUNNING);

    // when
    running.put(AckTasks.succeeded().name("b").build());

    // then
    running.awaitVerdict("pools", SUCCEEDED);
    GateStatus status = running.get("pools").getStatus();
    assertEquals("Succeeded", status.phase());
    assertEquals("2/2", status.done());
    await().atMost(TIMEOUT).until(() -> running.events().contains("GateOpened"));
  }

  @Test
  void shouldCloseAtOnceAndNameTheTask() {
    running.create(Gates.named("pools", "a", "b"));
    running.awaitVerdict("pools", MISSING);

    running.put(AckTasks.failed().name("b").build());

    running.awaitVerdict("pools", CLOSED);
    assertEquals("b", running.get("pools").getStatus().blocking());
    await().atMost(TIMEOUT).until(() -> running.events().contains("GateClosed"));
  }

  @Test
  void shouldWaitForTheExactNumberOfSelectedTasks() {
    running.create(Gates.selecting("pools", Map.of("change", "v2"), 2));
    running.put(selected("a"));
    running.awaitVerdict("pools", MISSING);

    running.put(selected("b"));
    running.awaitVerdict("pools", SUCCEEDED);
  }

  @Test
  void shouldWaitForADeletedTaskUntilItIsRecreated() {
    // given
    AckTask first = AckTasks.succeeded().name("a").build();
    running.put(first);
    running.put(AckTasks.running().name("b").build());
    running.create(Gates.named("pools", "a", "b"));
    running.awaitVerdict("pools", RUNNING);

    // when
    running.delete(first);
    running.put(AckTasks.succeeded().name("b").build());
    running.awaitVerdict("pools", MISSING);
    running.put(AckTasks.failed().name("a").build());

    // then
    running.awaitVerdict("pools", CLOSED);
  }

  @Test
  void shouldNotReadTheTasksOfAFinalGate() {
    // given
    AckTask member = AckTasks.succeeded().name("a").build();
    running.put(member);
    running.create(Gates.named("pools", "a"));
    running.awaitVerdict("pools", SUCCEEDED);

    // when
    running.delete(member);
    running.restart();
    marker();

    // then
    assertEquals(SUCCEEDED, running.verdict("pools"));
  }

  @Test
  void shouldWriteNothingWhenNothingChanged() {
    // given
    running.put(AckTasks.running().name("a").build());
    running.create(Gates.named("pools", "a"));
    running.awaitVerdict("pools", RUNNING);

    // when
    running.put(AckTasks.running().name("a").build());
    running.restart();
    marker();

    // then
    assertEquals(2, running.server.statusWrites());
  }

  @Test
  void shouldReplaceAForgedStatus() {
    running.put(AckTasks.running().name("a").build());
    running.create(Gates.named("pools", "a"));
    running.awaitVerdict("pools", RUNNING);

    running.forge("pools", "{\"status\": {\"phase\": \"Succeeded\", \"done\": \"1/1\"}}");

    await().atMost(TIMEOUT).until(() -> "Waiting".equals(running.get("pools").getStatus().phase()));
    assertEquals("0/1", running.get("pools").getStatus().done());
  }

  @Test
  void shouldRefuseAnInvalidSpec() {
    running.create(Gates.gate("odd", GateSpec.builder().mode("AnySucceeded")));

    running.awaitVerdict("odd", "False/InvalidSpec");
  }

  @Test
  void shouldReportTheDeadline() {
    running.create(
        Gates.gate(
            "late",
            GateSpec.builder()
                .mode(GateSpec.ALL_SUCCEEDED)
                .taskRefs(List.of(new GateSpec.TaskRef("a")))
                .deadline("1s")));

    await()
        .atMost(TIMEOUT)
        .until(
            () ->
                running.get("late").getStatus() != null
                    && running.get("late").getStatus().conditions().stream()
                        .anyMatch(it -> it.reason().equals("DeadlineExceeded")));
  }

  @Test
  void shouldOpenAfterASweepThatBeganAfterTheGate() {
    // given
    long before = running.now();
    running.create(Gates.quiet("quiet", "c1"));
    running.awaitVerdict("quiet", NOT_SWEPT);
    running.sweep(SweepResults.eu().tasks(before, "c1"));
    marker();
    assertEquals(NOT_SWEPT, running.verdict("quiet"));

    // when
    running.sweep(SweepResults.eu().tasks(running.now(), "c1"));

    // then
    running.awaitVerdict("quiet", QUIET);
  }

  @Test
  void shouldWaitAgainWhenATaskStarts() {
    open();

    running.sweep(SweepResults.eu().tasks(running.now(), "c1", task("T-1")));

    running.awaitVerdict("quiet", RUNNING);
    await().atMost(TIMEOUT).until(() -> running.events().contains("GateWaiting"));
  }

  @Test
  void shouldWaitForAnAckTaskThatNoListHasYet() {
    open();

    running.put(AckTasks.running().build());

    running.awaitVerdict("quiet", RUNNING);
  }

  @Test
  void shouldWaitWhenTheDiscoveryIsSuspended() {
    open();

    running.discoveries.put("all", FakeDiscoveries.spec().suspend(true));
    running.forgetDiscovery();

    running.awaitVerdict("quiet", "Unknown/DiscoveryNotActive");
  }

  @Test
  void shouldWaitForTheNextSweepAfterARestart() {
    open();

    running.restart();

    running.awaitVerdict("quiet", NOT_SWEPT);
    running.sweep(SweepResults.eu().tasks(running.now(), "c1"));
    running.awaitVerdict("quiet", QUIET);
  }

  @Test
  void shouldNotMissADiscoveryBeforeTheyAreListed() {
    // given
    running.discoveries.remove("all");
    running.discoveries.isStarted = false;
    running.create(Gates.quiet("quiet", "c1"));
    running.awaitVerdict("quiet", NOT_SWEPT);

    // when
    running.discoveries.isStarted = true;
    running.controllers().discoveriesStarted();

    // then
    running.awaitVerdict("quiet", "Unknown/DiscoveryNotFound");
  }

  @Test
  void shouldKeepAnOpenGateWhileListsFailUntilTheyAreTooOld() {
    // given
    open();
    long began = running.clock.get();

    // when
    running.sweep(SweepResults.eu().failed(running.now(), "c1"));
    await().atMost(TIMEOUT).until(() -> synced().equals("SweepFailed"));
    assertEquals(QUIET, running.verdict("quiet"));
    running.clock.set(began + GateEvaluator.MAX_AGE.plusSeconds(1).toNanos());
    running.sweep(SweepResults.eu().failed(running.now(), "c1"));

    // then
    running.awaitVerdict("quiet", "Unknown/SweepOutdated");
  }

  @Test
  void shouldWriteNothingWithoutTheLease() {
    running.isLeader.set(false);

    running.create(Gates.named("pools", "a"));

    await().atMost(TIMEOUT).until(() -> running.metrics.failures.get() > 0);
    assertEquals("", running.verdict("pools"));
  }

  @Test
  void shouldFollowTheSelectedGatesOnly() {
    // given
    running.controllers().stop();
    running.start("shard=1");
    AckTaskGate other = Gates.named("other", "a");
    AckTaskGate mine = Gates.named("mine", "a");
    mine.getMetadata().setLabels(Map.of("shard", "1"));

    // when
    running.create(other);
    running.create(mine);

    // then
    running.awaitVerdict("mine", MISSING);
    assertEquals("", running.verdict("other"));
    assertEquals(
        List.of("mine"),
        running.controllers().known().stream().map(it -> it.getMetadata().getName()).toList());
  }

  @Test
  void shouldCompareItsCacheWithTheApiServer() {
    running.create(Gates.named("pools", "a"));
    running.awaitVerdict("pools", MISSING);

    var checks = running.controllers().cacheChecks(running.client, Duration.ofSeconds(1));

    assertEquals(1, checks.size());
    assertTrue(checks.getFirst().check() instanceof Health.Alive);
  }

  /** A NoneRunning gate of {@code c1} that is open. */
  private void open() {
    running.create(Gates.quiet("quiet", "c1"));
    running.awaitVerdict("quiet", NOT_SWEPT);
    running.sweep(SweepResults.eu().tasks(running.now(), "c1"));
    running.awaitVerdict("quiet", QUIET);
  }

  /** Waits until another gate is reconciled that was created now. */
  private void marker() {
    running.create(Gates.named("marker", "none"));
    running.awaitVerdict("marker", MISSING);
  }

  private String synced() {
    return running.get("quiet").getStatus().conditions().stream()
        .filter(it -> it.type().equals("Synced"))
        .map(it -> it.reason())
        .findFirst()
        .orElse("");
  }

  private static AckTask selected(String name) {
    String created = Instant.now().toString();
    AckTask task = AckTasks.succeeded().name(name).status(it -> it.createdTime(created)).build();
    task.getMetadata().setLabels(Map.of("change", "v2"));
    return task;
  }
}
