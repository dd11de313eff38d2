package dev.acktask.operator.polling;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.FakeConnections;
import dev.acktask.operator.controller.FakeTaskClient;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.metrics.RecordingMetrics;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of the pollers, which start and end with the objects of their connections. */
final class TaskPollerLifecycleTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration NEVER = Duration.ofHours(1);

  private final ConnectionKey key = ConnectionKey.cluster("c" + UUID.randomUUID());
  private final Queue<String> polled = new ConcurrentLinkedQueue<>();
  private final AtomicLong skippedNanos = new AtomicLong();
  private final ExecutorService polls = Executors.newVirtualThreadPerTaskExecutor();
  private final FakeConnections connections =
      new FakeConnections(none -> this::describe, 60_000, System::nanoTime);
  private final TaskPoller poller =
      new TaskPoller(
          connections.resolver(),
          new PollContext(
              new PollSchedule(NEVER, Duration.ofSeconds(1), NEVER),
              new ObservationCache(10_000_000),
              new ListedPages(1_000_000, System::nanoTime),
              Clock.systemUTC(),
              () -> System.nanoTime() + skippedNanos.get()),
          new PollExecution(polls, 64, new RecordingMetrics(), () -> {}));

  @TempDir private Path folder;

  TaskPollerLifecycleTest() {
    poller.setEventHandler(event -> {});
    connections.create(key);
  }

  @AfterEach
  void stop() {
    poller.stop();
    polls.close();
  }

  @Test
  void shouldPollObjectsThatWereKnownBeforeTheStart() {
    create("T-1");

    poller.start();

    awaitPolled("T-1");
  }

  @Test
  void shouldPollObjectsOfAConnectionThatIsCreatedAfterTheStart() {
    connections.delete(key);
    create("T-1");
    poller.start();

    connections.create(key);

    awaitPolled("T-1");
  }

  /**
   * The start takes a while with many connections; a later one must not be left without a thread.
   */
  @RepeatedTest(value = 5, failureThreshold = 1)
  void shouldPollObjectsThatComeDuringTheStart() throws InterruptedException {
    // given
    for (int i = 0; i < 300; i++) {
      ConnectionKey other = ConnectionKey.cluster("other-" + i);
      connections.create(other);
      create("T-other-" + i, other);
    }
    Thread informer =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (polled.isEmpty()) {
                    Thread.onSpinWait();
                  }
                  create("T-1");
                });

    // when
    poller.start();

    // then
    awaitPolled("T-1");
    informer.join();
  }

  @Test
  void shouldEndTheThreadOfAConnectionWithoutObjects() {
    AckTask task = create("T-1");
    poller.start();
    awaitPolled("T-1");
    assertTrue(threads().contains(key.name()));

    poller.onResourceDeleted(task);

    await().atMost(TIMEOUT).until(() -> !threads().contains(key.name()));
  }

  @Test
  void shouldStartAnotherThreadForALaterObject() {
    poller.start();
    AckTask task = create("T-1");
    awaitPolled("T-1");
    poller.onResourceDeleted(task);

    create("T-2");

    awaitPolled("T-2");
  }

  @Test
  void shouldEndAllThreadsWhenItStops() {
    create("T-1");
    poller.start();
    awaitPolled("T-1");

    poller.stop();

    await().atMost(TIMEOUT).until(() -> !threads().contains(key.name()));
  }

  @Test
  void shouldStartNoThreadAfterItHasStopped() {
    poller.start();
    poller.stop();

    create("T-1");

    assertFalse(threads().contains(key.name()));
    assertEquals(0, polled.size());
  }

  @Test
  void shouldReportAThreadThatHasEnded() {
    // given
    create("T-1");
    poller.start();
    awaitPolled("T-1");

    // when
    poller.stop();
    await().atMost(TIMEOUT).until(() -> !threads().contains(key.name()));

    // then
    skippedNanos.addAndGet(Duration.ofSeconds(81).toNanos());

    assertInstanceOf(Health.Dead.class, poller.check());
  }

  private AckTask create(String taskId) {
    return create(taskId, key);
  }

  private AckTask create(String taskId, ConnectionKey connection) {
    AckTask task = TaskPollerTestCase.task(taskId.toLowerCase(Locale.ROOT), taskId, connection);
    poller.onResourceCreated(task);
    return task;
  }

  private TaskLookup describe(TaskRef task) {
    polled.add(task.taskId());
    return FakeTaskClient.state(task, "running");
  }

  private void awaitPolled(String taskId) {
    await().atMost(TIMEOUT).until(() -> polled.contains(taskId));
  }

  /** All threads, also virtual ones. */
  private String threads() {
    try {
      Path dump = folder.resolve(UUID.randomUUID() + ".txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      return Files.readString(dump);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
