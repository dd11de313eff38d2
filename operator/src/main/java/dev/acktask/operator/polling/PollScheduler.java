package dev.acktask.operator.polling;

import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.polling.TrackedTask.TrackedObject;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides when the tasks of one connection are polled next. Times are values of one monotonic clock
 * in nanoseconds. Not thread-safe.
 */
final class PollScheduler {
  /** Wait before the next poll if the end of one fails. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final PollQueue queue;
  private final PollTiming timing;
  private final SweptPolls swept;
  private final ObservationCache observations;
  private final LongSupplier nanoTime;

  PollScheduler(
      PollQueue queue,
      PollTiming timing,
      SweptPolls swept,
      ObservationCache observations,
      LongSupplier nanoTime) {
    this.queue = queue;
    this.timing = timing;
    this.swept = swept;
    this.observations = observations;
    this.nanoTime = nanoTime;
  }

  /** Schedules the next poll because of a new or changed object. */
  void schedule(TrackedTask task, TrackedObject object, boolean isNew, Instant time) {
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
            ? timing.forNewObject(snapshot, known, time)
            : timing.forChangedObject(snapshot, time);
    wait.ifPresent(
        delay -> queue.scheduleAtLatest(task.key, object.namespace(), now + delay.toNanos()));
  }

  /** Schedules a poll in place of an observation that is not in memory any more. */
  void scheduleMissing(TrackedTask task, TrackedObject object) {
    if (task.poll != null) {
      return;
    }
    if (task.isFinal || object.snapshot().hasForgedVerdict()) {
      task.isFinal = false;
      queue.scheduleAtLatest(task.key, object.namespace(), nanoTime.getAsLong());
    } else {
      swept.fallBack(task);
    }
  }

  /** Schedules a poll in case that the end of the present one fails. */
  void scheduleRetry(TrackedTask task) {
    queue.schedule(task.key, task.namespace(), nanoTime.getAsLong() + RETRY.toNanos());
  }

  /** Schedules the next poll after one that has ended. */
  void scheduleNext(TrackedTask task, Poll poll, TaskLookup lookup, Instant time) {
    long now = nanoTime.getAsLong();
    Optional<TrackedObject> unanswered = task.requestedSince(poll.order());
    if (unanswered.isPresent()) {
      task.isFinal = false;
      queue.request(task.key, unanswered.get().namespace(), now);
      return;
    }
    if (task.isFinal) {
      queue.remove(task.key);
      return;
    }
    boolean isUnchanged = lookup instanceof TaskLookup.Unchanged;
    boolean isAnswered = isUnchanged || lookup instanceof TaskLookup.Found;
    if ((isUnchanged && task.digest == null) || (isAnswered && task.swept.isMoved())) {
      // A forged verdict or a new object came meanwhile, and waits for the whole answer; or a list
      // announced a change that this answer may not have.
      queue.schedule(task.key, task.namespace(), now);
      return;
    }
    Duration running = Duration.ofNanos(now - poll.start());
    long due = now + timing.afterPoll(task, lookup, running, time).toNanos();
    task.swept.setNormalDue(due);
    queue.schedule(task.key, task.namespace(), due);
    if (isAnswered) {
      swept.postpone(task);
    }
  }

  /** True if the last poll answers the refresh request, whether or not the status says so. */
  private boolean isAnswered(TrackedTask task, TrackedObject object) {
    Observation observation = observations.get(task.key);
    return observation != null && observation.order() > object.requestOrder();
  }
}
