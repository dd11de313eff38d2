package dev.acktask.operator.polling;

import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.metrics.LastObservation;
import dev.acktask.operator.polling.TrackedTask.TrackedObject;
import dev.acktask.operator.task.AnswerDigest;
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
final class ConnectionTasks {
  /** Wait before the next poll if the end of one fails. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final Connection connection;
  private final PollTiming timing;
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
      tracked = tasks.computeIfAbsent(new TaskKey(connection.id(), ref.get()), this::track);
      byObject.put(id, tracked);
    }
    boolean isNew = tracked.object(id) == null;
    if (isNew) {
      tracked.digest = null; // the next answer is an event for this object too
    }
    TrackedObject object =
        tracked.put(id, snapshot, nanoTime.getAsLong(), observations.nextOrder());
    schedule(tracked, object, isNew);
  }

  /** Forgets an object that was deleted or is not polled any more. */
  synchronized void remove(ResourceID id) {
    TrackedTask task = byObject.remove(id);
    if (task != null && task.remove(id)) {
      tasks.remove(task.key);
      queue.remove(task.key);
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
    // Whatever fails below, the task is polled again.
    queue.schedule(task.key, task.namespace(), nanoTime.getAsLong() + RETRY.toNanos());
    Instant now = clock.instant();
    task.recordOutcome(lookup, now, observations.get(task.key));
    boolean isChanged = record(task, poll, lookup, now) || task.isRequested();
    if (lookup instanceof TaskLookup.Unchanged) {
      task.digest = known;
    }
    scheduleNext(task, poll, lookup, now);
    return isChanged ? task.ids() : List.of();
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
      if (task.poll == null && (task.isFinal || snapshot.hasForgedVerdict())) {
        task.isFinal = false;
        queue.scheduleAtLatest(task.key, object.namespace(), nanoTime.getAsLong());
      }
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
  synchronized Optional<LastObservation> lastObservation(ResourceID id) {
    return Optional.ofNullable(byObject.get(id)).flatMap(TrackedTask::lastObservation);
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

  private TrackedTask track(TaskKey key) {
    TrackedTask task = new TrackedTask(key);
    Observation known = observations.get(key);
    task.isFinal = known != null && known.isFinal();
    return task;
  }

  /** How long the object has waited for the first poll of its task; zero if it does not. */
  synchronized Duration waitingFor(ResourceID id, AckTaskSnapshot snapshot) {
    TrackedTask task = taskOf(id, snapshot);
    TrackedObject object = task == null ? null : task.object(id);
    return task == null || object == null || task.isPolled
        ? Duration.ZERO
        : Duration.ofNanos(nanoTime.getAsLong() - object.since());
  }

  private void schedule(TrackedTask task, TrackedObject object, boolean isNew) {
    AckTaskSnapshot snapshot = object.snapshot();
    long now = nanoTime.getAsLong();
    if (task.poll != null) {
      return; // the end of the poll schedules the next one
    }
    if (snapshot.isRefreshRequested() && !isAnswered(task, object)) {
      task.isFinal = false;
      queue.request(task.key, object.namespace(), now);
      return;
    }
    if (task.isFinal) {
      return;
    }
    Observation known = queue.contains(task.key) ? observations.get(task.key) : null;
    Optional<Duration> wait =
        isNew
            ? timing.forNewObject(snapshot, known, clock.instant())
            : timing.forChangedObject(snapshot, clock.instant());
    wait.ifPresent(
        delay -> queue.scheduleAtLatest(task.key, object.namespace(), now + delay.toNanos()));
  }

  /** True if the last poll answers the refresh request, whether or not the status says so. */
  private boolean isAnswered(TrackedTask task, TrackedObject object) {
    Observation observation = observations.get(task.key);
    return observation != null && observation.order() > object.requestOrder();
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

  private void scheduleNext(TrackedTask task, Poll poll, TaskLookup lookup, Instant now) {
    Optional<TrackedObject> unanswered = task.requestedSince(poll.order());
    if (unanswered.isPresent()) {
      task.isFinal = false;
      queue.request(task.key, unanswered.get().namespace(), nanoTime.getAsLong());
      return;
    }
    if (task.isFinal) {
      queue.remove(task.key);
      return;
    }
    if (lookup instanceof TaskLookup.Unchanged && task.digest == null) {
      // A forged verdict or a new object came meanwhile, and waits for the whole answer.
      queue.schedule(task.key, task.namespace(), nanoTime.getAsLong());
      return;
    }
    Duration running = Duration.ofNanos(nanoTime.getAsLong() - poll.start());
    Duration wait = timing.afterPoll(task, lookup, running, now);
    queue.schedule(task.key, task.namespace(), nanoTime.getAsLong() + wait.toNanos());
  }
}
