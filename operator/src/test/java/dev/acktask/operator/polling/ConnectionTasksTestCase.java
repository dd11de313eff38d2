package dev.acktask.operator.polling;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.connection.Connections;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The tasks of one connection on a simulated clock. */
abstract class ConnectionTasksTestCase {
  static final Duration INTERVAL = Duration.ofSeconds(20);
  static final Duration GRACE = Duration.ofMinutes(5);
  static final TaskLookup DOWN = new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "down", null);
  static final TaskLookup NOT_FOUND = new TaskLookup.NotFound("No such task.", null);
  static final ResourceID A = new ResourceID("a", "team-a");
  static final ResourceID B = new ResourceID("b", "team-b");

  Instant now = Instant.parse("2026-01-02T03:04:05Z");
  long nanos = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos(); // it overflows soon
  final ObservationCache cache = new ObservationCache(1_000_000);
  final ConnectionTasks tasks =
      new ConnectionTasks(
          Connections.builtIn(
              ref -> {
                throw new IllegalStateException("the tasks make no call");
              },
              new RequestBudget(60, 1, () -> nanos),
              () -> nanos),
          new PollContext(
              new PollSchedule(INTERVAL, Duration.ofSeconds(1), GRACE),
              cache,
              new ListedPages(1_000_000, () -> nanos),
              clock(() -> now),
              () -> nanos));

  void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Lets time pass until the next poll is due, and begins it. */
  Poll next() {
    pass(untilDue());
    return tasks.begin().orElseThrow();
  }

  Duration untilDue() {
    Duration due = tasks.untilDue().orElseThrow();
    return due.isNegative() ? Duration.ZERO : due;
  }

  /** Begins the next poll and completes it with {@code lookup}; the objects with an event. */
  List<ResourceID> poll(TaskLookup lookup) {
    return tasks.complete(next(), lookup);
  }

  Optional<Observations.Latest> latest(ResourceID id, AckTaskSnapshot snapshot) {
    return tasks.latest(id, snapshot);
  }

  /** A new object. */
  static AckTaskSnapshot created(String uid) {
    return created(uid, spec().build());
  }

  static AckTaskSnapshot created(String uid, AckTaskSpec spec) {
    return AckTaskSnapshot.builder(uid, spec).build();
  }

  /** An object with the status of a running task. */
  static AckTaskSnapshot running(String uid) {
    return of(AckTasks.running(), uid);
  }

  static AckTaskSnapshot succeeded(String uid) {
    return of(AckTasks.succeeded(), uid);
  }

  /** An object whose status the operator wrote. */
  static AckTaskSnapshot of(AckTasks.Builder builder, String uid) {
    AckTask task = builder.uid(uid).build();
    return AckTaskSnapshotFactory.of(task).toBuilder().operatorWroteStatus(true).build();
  }

  static TaskLookup.Found found(String state) {
    return found(state, "c1");
  }

  static TaskLookup.Found found(String state, String cluster) {
    TaskInfo info =
        TaskInfo.builder(AckTasks.TASK_ID, state)
            .clusterId(cluster)
            .omitted(TaskInfo.Omitted.NONE)
            .build();
    return new TaskLookup.Found(info, null, digest(state));
  }

  static AnswerDigest digest(String state) {
    return AnswerDigest.of(List.of(StandardCharsets.UTF_8.encode(state)));
  }

  static Clock clock(InstantSource source) {
    return source.withZone(ZoneOffset.UTC);
  }

  static void assertAboutOneInterval(Duration wait) {
    assertTrue(wait.compareTo(Duration.ofSeconds(18)) >= 0, wait.toString());
    assertTrue(wait.compareTo(Duration.ofSeconds(22)) <= 0, wait.toString());
  }
}
