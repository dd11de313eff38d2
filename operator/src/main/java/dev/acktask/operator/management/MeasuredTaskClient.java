package dev.acktask.operator.management;

import dev.acktask.operator.task.Fingerprint;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
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

/** Counts and times the calls to the cloud, and notes when each task was seen last. */
public final class MeasuredTaskClient implements TaskClient {
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

  /** Unfinished tasks of which a sighting is kept before those without an object are removed. */
  static final int ROOM = 1_000;

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
  private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();
  private volatile @Nullable Supplier<Set<String>> mirrored;
  private volatile int room = ROOM;

  /**
   * @param connection name of the account that the calls are made with
   */
  public MeasuredTaskClient(
      TaskClient client, MeterRegistry meters, String connection, String region, Clock clock) {
    this.client = client;
    this.clock = clock;
    Tags tags =
        Tags.of("operation", "DescribeTaskInfo", "connection", connection, "region", region);
    this.duration =
        Timer.builder("acktask.operator.api.request.duration")
            .description("Calls to the cloud, from the request to the end of the answer.")
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
    return measured(task, () -> client.describe(task));
  }

  @Override
  public TaskNews describe(TaskRef task, Fingerprint known) {
    return measured(task, () -> client.describe(task, known));
  }

  /** When the task was seen last, or null when this process has not seen it. */
  @Nullable Sighting sighting(String taskId) {
    return sightings.get(taskId);
  }

  /** Forgets the tasks that nobody mirrors any more. */
  void retain(Set<String> taskIds) {
    sightings.keySet().retainAll(taskIds);
  }

  /**
   * Keeps what is known of tasks within twice the number of the mirrored ones, also where no scrape
   * asks: an object that is deleted before its task ends leaves a sighting, and users may create
   * and delete any number of them.
   *
   * @param taskIds all that have an object now; asked for once each time the number has doubled
   */
  void bound(Supplier<Set<String>> taskIds) {
    mirrored = taskIds;
  }

  /** Tasks of which a sighting is kept. */
  int sightings() {
    return sightings.size();
  }

  private <T extends TaskNews> T measured(TaskRef task, Supplier<T> call) {
    T news = Objects.requireNonNull(duration.record(call));
    Objects.requireNonNull(requests.get(outcome(news))).increment();
    if (news instanceof TaskLookup.Found found) {
      see(found.task());
    } else if (news instanceof TaskNews.None) {
      sightings.computeIfPresent(task.taskId(), (id, before) -> before.again(clock.instant()));
    }
    return news;
  }

  /** Of a finished task nothing is kept: nobody looks again, and there are ever more of them. */
  private void see(TaskInfo task) {
    if (TaskState.of(task.state()).terminal()) {
      sightings.remove(task.taskId());
    } else {
      sightings.compute(task.taskId(), (id, before) -> sighting(before, task));
      if (sightings.size() > room) {
        removeOthers();
      }
    }
  }

  private synchronized void removeOthers() {
    Supplier<Set<String>> taskIds = mirrored;
    if (taskIds != null && sightings.size() > room) {
      retain(taskIds.get());
      room = Math.max(ROOM, 2 * sightings.size());
    }
  }

  private Sighting sighting(@Nullable Sighting before, TaskInfo task) {
    Instant now = clock.instant();
    String stage = task.currentStage();
    return before != null && Objects.equals(before.stage(), stage)
        ? new Sighting(now, stage, before.stageSince())
        : new Sighting(now, stage, now);
  }

  /** The cloud's "not found" is an answer: the call succeeded. */
  private static Outcome outcome(TaskNews news) {
    return switch (news) {
      case TaskNews.None none -> Outcome.SUCCESS;
      case TaskLookup.Found found -> Outcome.SUCCESS;
      case TaskLookup.NotFound missing -> Outcome.SUCCESS;
      case TaskLookup.Throttled throttled -> Outcome.THROTTLED;
      case TaskLookup.Unavailable unavailable -> Outcome.ERROR;
      case TaskLookup.Rejected rejected ->
          switch (rejected.cause()) {
            case UNAUTHORIZED, FORBIDDEN, CREDENTIALS_MISSING, CREDENTIALS_INVALID ->
                Outcome.UNAUTHORIZED;
            case CLOCK_SKEW, INVALID_REQUEST -> Outcome.ERROR;
          };
    };
  }
}
