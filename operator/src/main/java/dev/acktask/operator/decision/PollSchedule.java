package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.text.GepDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Times of polls. The jitter is derived from uid and time: equal input gives equal output, but
 * tasks do not synchronise.
 *
 * @param defaultInterval for tasks without spec.pollInterval
 * @param minimumInterval lower bound of all intervals
 * @param notFoundGrace time after which a task that is not found counts as missing
 */
public record PollSchedule(
    Duration defaultInterval, Duration minimumInterval, Duration notFoundGrace) {

  /** Maximum wait between two polls during an outage. */
  static final Duration BACKOFF_CAP = Duration.ofMinutes(5);

  /** Wait between two polls of a task that requires manual action. */
  static final Duration STALLED_INTERVAL = Duration.ofMinutes(10);

  /** Minimum wait between two polls of a task that is not found yet. */
  private static final Duration NOT_FOUND_INTERVAL = Duration.ofSeconds(30);

  private static final double JITTER = 0.1;

  /** The effective interval of {@code spec}. */
  public Duration interval(AckTaskSpec spec) {
    return max(requested(spec), minimumInterval);
  }

  /** Message about an interval that is not the requested one, or null. */
  @Nullable String specWarning(AckTaskSpec spec) {
    String text = spec.pollInterval();
    if (text == null) {
      return null;
    }
    if (GepDuration.parse(text).isEmpty()) {
      return "pollInterval is not a duration such as 15s or 1m30s; polled every "
          + GepDuration.format(interval(spec))
          + ".";
    }
    return requested(spec).compareTo(minimumInterval) < 0
        ? "pollInterval is below the operator's minimum; polled every "
            + GepDuration.format(minimumInterval)
            + "."
        : null;
  }

  /**
   * Wait before the first poll after the start of the operator: none for a new object, random
   * within one interval for others, so that a restart does not synchronise them.
   */
  public Duration firstPoll(AckTaskSnapshot snapshot, Instant now) {
    return snapshot.trustedStatus() == null
        ? Duration.ZERO
        : scaled(interval(snapshot.spec()), random(snapshot, now));
  }

  /** Wait before the next poll of an unfinished task. */
  public Duration nextPoll(AckTaskSnapshot snapshot, Instant now) {
    return withJitter(interval(snapshot.spec()), snapshot, now);
  }

  /**
   * Wait before the next poll after a poll with the result {@code lookup}.
   *
   * @param since start of the present series of "not found" answers or of the outage; null if the
   *     cloud answered
   */
  public Duration afterPoll(
      AckTaskSnapshot snapshot, TaskLookup lookup, Instant now, @Nullable Instant since) {
    Instant start = since == null ? now : since;
    return switch (lookup) {
      case TaskLookup.Found found ->
          snapshot.isInAnotherCluster(found.task())
              ? stalled(snapshot, now)
              : nextPoll(snapshot, now);
      case TaskLookup.Unchanged unchanged -> nextPoll(snapshot, now);
      case TaskLookup.NotFound missing ->
          isNotFoundConfirmed(snapshot, now, start)
              ? stalled(snapshot, now)
              : notFound(snapshot, now, start);
      case TaskLookup.Throttled throttled -> backoff(snapshot, now, start, throttled.retryAfter());
      case TaskLookup.Rejected rejected ->
          rejected.cause().isOfCredential()
              ? nextPoll(snapshot, now) // the connection limits the requests with such a credential
              : backoff(snapshot, now, start, null);
      case TaskLookup.Unavailable unavailable -> backoff(snapshot, now, start, null);
    };
  }

  /** True when the task counts as missing: the grace is over, or the status says so already. */
  boolean isNotFoundConfirmed(AckTaskSnapshot snapshot, Instant now, Instant since) {
    return Verdict.of(snapshot.trustedStatus()).hasReason(Reason.TASK_NOT_FOUND)
        || Duration.between(since, now).compareTo(notFoundGrace) >= 0;
  }

  /**
   * Wait before the next poll during an outage: random between one interval and the age of the
   * outage, at most {@link #BACKOFF_CAP}. The age grows with the outage, so that no attempts need
   * to be counted.
   *
   * @param retryAfter lower bound requested by the cloud, or null
   */
  Duration backoff(
      AckTaskSnapshot snapshot, Instant now, Instant outageStart, @Nullable Duration retryAfter) {
    Duration interval = interval(snapshot.spec());
    Duration elapsed = max(Duration.between(outageStart, now), Duration.ZERO);
    Duration ceiling = max(min(elapsed, BACKOFF_CAP), interval);
    Duration drawn = interval.plus(scaled(ceiling.minus(interval), random(snapshot, now)));
    Duration wait = withJitter(drawn, snapshot, now);
    return retryAfter == null ? wait : max(wait, withPositiveJitter(retryAfter, snapshot, now));
  }

  /**
   * Wait before the next poll of a task that is not found yet; one poll falls on the end of the
   * grace.
   */
  Duration notFound(AckTaskSnapshot snapshot, Instant now, Instant notFoundSince) {
    Duration pace = withJitter(max(interval(snapshot.spec()), NOT_FOUND_INTERVAL), snapshot, now);
    Duration left = max(Duration.between(now, notFoundSince.plus(notFoundGrace)), minimumInterval);
    return min(pace, left);
  }

  /** Wait before the next poll of a task that requires manual action. */
  Duration stalled(AckTaskSnapshot snapshot, Instant now) {
    return withJitter(STALLED_INTERVAL, snapshot, now);
  }

  private Duration requested(AckTaskSpec spec) {
    String text = spec.pollInterval();
    return text == null ? defaultInterval : GepDuration.parse(text).orElse(defaultInterval);
  }

  private static Duration withJitter(Duration base, AckTaskSnapshot snapshot, Instant now) {
    return scaled(base, 1 - JITTER + 2 * JITTER * random(snapshot, now));
  }

  private static Duration withPositiveJitter(Duration base, AckTaskSnapshot snapshot, Instant now) {
    return scaled(base, 1 + JITTER * random(snapshot, now));
  }

  private static Duration scaled(Duration base, double factor) {
    return Duration.ofMillis(Math.round(base.toMillis() * factor));
  }

  /** Uniform in [0, 1): a hash of uid and time, finalised as in MurmurHash3. */
  private static double random(AckTaskSnapshot snapshot, Instant now) {
    long bits = Objects.hash(snapshot.uid(), now) * 0x9E3779B97F4A7C15L;
    bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return ((bits ^ (bits >>> 33)) >>> 11) * 0x1.0p-53;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
