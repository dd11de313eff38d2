package dev.acktask.operator.metrics;

import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.task.TaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the calls to the cloud, and records the last observation of each unfinished
 * task.
 */
public final class InstrumentedTaskClient implements TaskClient {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  /** Number of observations that triggers the removal of those without an AckTask. */
  static final int MIN_PRUNE_SIZE = 1_000;

  private enum Outcome {
    SUCCESS,
    THROTTLED,
    UNAUTHORIZED,
    ERROR
  }

  private final TaskClient client;
  private final Clock clock;
  private final Timer duration;
  private final Map<Outcome, Counter> requests = new EnumMap<>(Outcome.class);
  private final Map<String, LastObservation> observations = new ConcurrentHashMap<>();
  private volatile @Nullable Supplier<Set<String>> mirrored;
  private volatile int pruneSize = MIN_PRUNE_SIZE;

  /**
   * @param connection name of the account that the calls are made with
   */
  public InstrumentedTaskClient(
      TaskClient client, MeterRegistry meters, String connection, String region, Clock clock) {
    this.client = client;
    this.clock = clock;
    Tags tags =
        Tags.of("operation", "DescribeTaskInfo", "connection", connection, "region", region);
    this.duration =
        Timer.builder("acktask.operator.api.request.duration")
            .description(
                "Duration of the calls to the cloud, including the response body, in seconds.")
            .tags(tags)
            .serviceLevelObjectives(BUCKETS)
            .register(meters);
    for (Outcome outcome : Outcome.values()) {
      String word = outcome.name().toLowerCase(Locale.ROOT);
      requests.put(
          outcome,
          Counter.builder("acktask.operator.api.requests")
              .description("Calls to the cloud by outcome.")
              .tags(tags.and(List.of(Tag.of("outcome", word))))
              .register(meters));
    }
  }

  @Override
  public TaskLookup describe(TaskRef task) {
    return measure(task, () -> client.describe(task));
  }

  @Override
  public TaskLookup describe(TaskRef task, AnswerDigest known) {
    return measure(task, () -> client.describe(task, known));
  }

  /** The last observation, or null if this process has not observed the task or it has finished. */
  @Nullable LastObservation lastObservation(String taskId) {
    return observations.get(taskId);
  }

  /** Removes the observations of all other tasks. */
  void retain(Set<String> taskIds) {
    observations.keySet().retainAll(taskIds);
  }

  /**
   * Limits the observations to twice the number of mirrored tasks, even without scrapes. An object
   * that is deleted before its task ends leaves an observation, and users may create and delete any
   * number of objects.
   *
   * @param taskIds ids of all tasks with an AckTask; called each time the number of observations
   *     has doubled
   */
  void setMirroredTasks(Supplier<Set<String>> taskIds) {
    mirrored = taskIds;
  }

  /** Number of tasks with an observation. */
  int observationCount() {
    return observations.size();
  }

  private TaskLookup measure(TaskRef task, Supplier<TaskLookup> call) {
    TaskLookup lookup = Objects.requireNonNull(duration.record(call));
    Objects.requireNonNull(requests.get(outcome(lookup))).increment();
    if (lookup instanceof TaskLookup.Found found) {
      record(found.task());
    } else if (lookup instanceof TaskLookup.Unchanged) {
      observations.computeIfPresent(task.taskId(), (id, before) -> before.again(clock.instant()));
    }
    return lookup;
  }

  /** Drops finished tasks: they are not polled again, and their number grows without limit. */
  private void record(TaskInfo task) {
    if (TaskState.of(task.state()).isTerminal()) {
      observations.remove(task.taskId());
    } else {
      observations.compute(task.taskId(), (id, before) -> observe(before, task));
      if (observations.size() > pruneSize) {
        prune();
      }
    }
  }

  private synchronized void prune() {
    Supplier<Set<String>> taskIds = mirrored;
    if (taskIds != null && observations.size() > pruneSize) {
      retain(taskIds.get());
      pruneSize = Math.max(MIN_PRUNE_SIZE, 2 * observations.size());
    }
  }

  private LastObservation observe(@Nullable LastObservation before, TaskInfo task) {
    Instant now = clock.instant();
    String stage = task.currentStage();
    return before != null && Objects.equals(before.stage(), stage)
        ? new LastObservation(now, stage, before.stageSince())
        : new LastObservation(now, stage, now);
  }

  /** "Not found" counts as a success: the cloud answered. */
  private static Outcome outcome(TaskLookup lookup) {
    return switch (lookup) {
      case TaskLookup.Unchanged unchanged -> Outcome.SUCCESS;
      case TaskLookup.Found found -> Outcome.SUCCESS;
      case TaskLookup.NotFound missing -> Outcome.SUCCESS;
      case TaskLookup.Throttled throttled -> Outcome.THROTTLED;
      case TaskLookup.Unavailable unavailable -> Outcome.ERROR;
      case TaskLookup.Rejected rejected ->
          switch (rejected.cause()) {
            case UNAUTHORIZED,
                FORBIDDEN,
                CREDENTIALS_MISSING,
                CREDENTIALS_INVALID,
                ROLE_NOT_ASSUMABLE ->
                Outcome.UNAUTHORIZED;
            case CLUSTER_NOT_ALLOWED -> Outcome.SUCCESS; // the cloud answered
            case CLOCK_SKEW,
                INVALID_REQUEST,
                CONNECTION_NOT_FOUND,
                CONNECTION_NOT_ALLOWED,
                CONNECTION_INVALID,
                CONNECTION_SUSPENDED ->
                Outcome.ERROR;
          };
    };
  }
}
