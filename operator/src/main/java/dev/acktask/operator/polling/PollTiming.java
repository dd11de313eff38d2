package dev.acktask.operator.polling;

import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Waits before the polls of a task, which several objects may share.
 *
 * @param schedule waits for each of them
 */
record PollTiming(PollSchedule schedule) {

  /**
   * Longest wait before the next poll because a new object names the task; empty to leave the next
   * poll as it is.
   *
   * @param known the latest observation, if other objects name the task; else null
   */
  Optional<Duration> forNewObject(
      AckTaskSnapshot snapshot, @Nullable Observation known, Instant now) {
    if (known == null) {
      return Optional.of(
          snapshot.isResumed() || snapshot.hasStatusOfAnotherTask()
              ? Duration.ZERO
              : schedule.firstPoll(snapshot, now));
    }
    return known.lookup() instanceof TaskLookup.Found
        ? Optional.of(schedule.nextPoll(snapshot, now))
        : Optional.empty(); // the backoff stays
  }

  /** Longest wait before the next poll because of a changed spec; empty without such a change. */
  Optional<Duration> forChangedObject(AckTaskSnapshot snapshot, Instant now) {
    return snapshot.isGenerationObserved()
        ? Optional.empty()
        : Optional.of(schedule.nextPoll(snapshot, now));
  }

  /**
   * Wait before the poll after one that returned {@code lookup}: the shortest of all objects.
   *
   * @param running time that the poll took
   */
  Duration afterPoll(TrackedTask task, TaskLookup lookup, Duration running, Instant now) {
    Instant since = task.failingSince();
    Duration wait =
        task.objects().stream()
            .map(object -> schedule.afterPoll(object.snapshot(), lookup, now, since))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    boolean isAnswer = lookup instanceof TaskLookup.Found || lookup instanceof TaskLookup.Unchanged;
    return isAnswer ? fromStart(wait, running) : wait;
  }

  /** The shortest interval of all objects of the task. */
  Duration interval(TrackedTask task) {
    return task.objects().stream()
        .map(object -> schedule.interval(object.snapshot().spec()))
        .min(Comparator.naturalOrder())
        .orElse(schedule.defaultInterval());
  }

  /** Rest of {@code wait}, counted from the start of the poll; at least half, if it was slow. */
  private static Duration fromStart(Duration wait, Duration running) {
    Duration left = wait.minus(running);
    Duration least = wait.dividedBy(2);
    return left.compareTo(least) > 0 ? left : least;
  }
}
