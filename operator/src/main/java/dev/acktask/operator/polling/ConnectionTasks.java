package dev.acktask.operator.polling;

import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.polling.TrackedTask.TrackedObject;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished tasks of one connection: which objects name them, what the last poll of each
 * found, and when the next one is due. Knows no thread and makes no call; {@link TaskPoller} runs
 * the polls. Thread-safe.
 */
final class ConnectionTasks implements SweptTasks {
  private final Connection connection;
  private final PollTiming timing;
  private final SweptPolls swept;
  private final PollScheduler scheduler;
  private final ObservationCache observations;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final PollQueue queue = new PollQueue();
  private final Map<TaskKey, TrackedTask> tasks = new HashMap<>();
  private final Map<ResourceID, TrackedTask> byObject = new HashMap<>();

  ConnectionTasks(Connection connection, PollContext context) {
    this.connection = connection;
    this.timing = new PollTiming(context.schedule());
    this.observations = context.observations();
    this.clock = context.clock();
    this.nanoTime = context.nanoTime();
    this.swept = new SweptPolls(connection.id(), queue, timing, nanoTime);
    this.scheduler = new PollScheduler(queue, timing, swept, observations, nanoTime);
  }

  /** True without objects. */
  synchronized boolean isEmpty() {
    return byObject.isEmpty();
  }

  /** The monotonic clock, in nanoseconds. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** Takes in a new or changed object. No change but a refresh request makes a poll due at once. */
  synchronized void put(ResourceID id, AckTaskSnapshot snapshot) {
    Optional<TaskRef> ref =
        snapshot.isIdle()
            ? Optional.empty()
            : Optional.ofNullable(snapshot.spec().taskId()).flatMap(TaskRef::parse);
    TrackedTask tracked = byObject.get(id);
    if (tracked != null && (ref.isEmpty() || !tracked.isFor(id, snapshot))) {
      remove(id);
      tracked = null;
    }
    if (ref.isEmpty()) {
      return;
    }
    if (tracked == null) {
      TaskKey key = new TaskKey(connection.id(), ref.get());
      tracked = tasks.computeIfAbsent(key, it -> TrackedTask.of(it, observations.get(it)));
      byObject.put(id, tracked);
    }
    boolean isNew = tracked.object(id) == null;
    if (isNew) {
      tracked.digest = null; // the next answer is an event for this object too
    }
    TrackedObject object =
        tracked.put(id, snapshot, nanoTime.getAsLong(), observations.nextOrder());
    swept.update(tracked);
    scheduler.schedule(tracked, object, isNew, clock.instant());
  }

  /** Forgets an object that was deleted or is not polled any more. */
  synchronized void remove(ResourceID id) {
    TrackedTask task = byObject.remove(id);
    if (task != null && task.remove(id)) {
      tasks.remove(task.key);
      queue.remove(task.key);
      swept.remove(task.key);
      Observation last = observations.get(task.key);
      if (last != null && !last.isFinal()) { // a final state stays true
        observations.remove(task.key);
      }
    }
  }

  /** Time until the next poll is due; zero or negative if one is due, empty without tasks. */
  synchronized Optional<Duration> untilDue() {
    OptionalLong due = queue.earliestDue();
    return due.isPresent()
        ? Optional.of(Duration.ofNanos(due.getAsLong() - nanoTime.getAsLong()))
        : Optional.empty();
  }

  /** Begins the poll whose turn it is; empty if none is due. */
  synchronized Optional<Poll> begin() {
    long now = nanoTime.getAsLong();
    return queue
        .take(now)
        .map(
            entry -> {
              TrackedTask task = Objects.requireNonNull(tasks.get(entry.task()), "queued");
              AnswerDigest known = task.isRequested() ? null : task.digest;
              Poll poll = new Poll(entry.task(), known, entry.due(), now, observations.nextOrder());
              task.poll = poll;
              task.swept.begin();
              return poll;
            });
  }

  /** Records the outcome of a poll and returns the objects that are to be reconciled. */
  synchronized List<ResourceID> complete(Poll poll, TaskLookup lookup) {
    TrackedTask task = tasks.get(poll.key());
    if (task == null || !poll.equals(task.poll)) {
      return List.of(); // the last object was deleted meanwhile
    }
    task.poll = null;
    AnswerDigest known = task.digest; // null if the observation was missing meanwhile
    task.digest = null;
    scheduler.scheduleRetry(task); // whatever fails below, the task is polled again
    Instant now = clock.instant();
    task.recordOutcome(lookup, now, observations.get(task.key));
    boolean isChanged = record(task, poll, lookup, now) || task.isRequested();
    if (lookup instanceof TaskLookup.Unchanged) {
      task.digest = known;
    }
    if (task.failingSince() == null && !task.isInAnotherCluster(lookup)) {
      swept.answered(task, poll, lookup);
    }
    swept.update(task);
    scheduler.scheduleNext(task, poll, lookup, now);
    return isChanged ? task.ids() : List.of();
  }

  @Override
  public long clusterChanges() {
    return swept.changes();
  }

  @Override
  public synchronized Map<String, Integer> unfinishedByCluster() {
    return swept.unfinishedByCluster();
  }

  @Override
  public synchronized Optional<Duration> shortestInterval(String clusterId) {
    return swept.shortestInterval(clusterId);
  }

  @Override
  public synchronized void listed(String clusterId, List<ListedTask> page) {
    swept.listed(clusterId, page);
  }

  @Override
  public synchronized int swept(Sweep sweep) {
    return swept.swept(sweep);
  }

  @Override
  public synchronized void sweepFailed(String clusterId) {
    swept.failed(clusterId);
  }

  /** The latest observation for the object; see {@link Observations#latest}. */
  synchronized Optional<Observations.Latest> latest(ResourceID id, AckTaskSnapshot snapshot) {
    TrackedTask task = taskOf(id, snapshot);
    TrackedObject object = task == null ? null : task.object(id);
    if (task == null || object == null) {
      return Optional.empty(); // the informer has a newer object than the event that announces it
    }
    Observation observation = observations.get(task.key);
    if (observation == null) {
      task.digest = null;
      scheduler.scheduleMissing(task, object);
      return Optional.empty();
    }
    boolean isAnswered = observation.order() > object.requestOrder();
    return Optional.of(
        new Observations.Latest(
            observation.lookup(),
            observation.notFoundFor(),
            observation.order(),
            isAnswered ? object.snapshot().refreshRequest() : null,
            connection.source()));
  }

  /** When the task of the object last answered; empty if it has not. */
  synchronized Optional<Instant> lastSync(ResourceID id) {
    return Optional.ofNullable(byObject.get(id)).flatMap(TrackedTask::lastSync);
  }

  /** Drops an observation that is in the status; see {@link Observations#release}. */
  synchronized void release(ResourceID id, AckTaskSnapshot snapshot, Observations.Latest latest) {
    TrackedTask task = taskOf(id, snapshot);
    if (task != null && !task.isShared()) {
      Observation held = observations.get(task.key);
      if (held != null && held.order() == latest.order() && held.isRunning()) {
        observations.remove(task.key);
      }
    }
  }

  /** The task of {@code snapshot}; null if the object is not polled, or not in this form. */
  private @Nullable TrackedTask taskOf(ResourceID id, AckTaskSnapshot snapshot) {
    TrackedTask task = byObject.get(id);
    return task != null && task.isFor(id, snapshot) ? task : null;
  }

  /** How long the object has waited for the first poll of its task; zero if it does not. */
  synchronized Duration waitingFor(ResourceID id, AckTaskSnapshot snapshot) {
    TrackedTask task = taskOf(id, snapshot);
    TrackedObject object = task == null ? null : task.object(id);
    return task == null || object == null || task.isPolled
        ? Duration.ZERO
        : Duration.ofNanos(nanoTime.getAsLong() - object.since());
  }

  /** Stores the outcome; true if the objects have to be reconciled. */
  private boolean record(TrackedTask task, Poll poll, TaskLookup lookup, Instant now) {
    Observation before = observations.get(task.key);
    if (lookup instanceof TaskLookup.Unchanged) {
      return false;
    }
    Observation observation = new Observation(lookup, poll.order(), task.notFoundFor(now));
    observations.put(task.key, observation);
    task.digest =
        lookup instanceof TaskLookup.Found found && !task.isInAnotherCluster(found)
            ? found.digest()
            : null;
    return before == null || !observation.isSameOutcome(before, timing.schedule().notFoundGrace());
  }
}
