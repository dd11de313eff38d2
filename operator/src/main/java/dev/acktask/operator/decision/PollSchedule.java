package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.GepDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When to ask again. The jitter is drawn from the object's uid and the time, so that equal input
 * gives equal output and yet no two tasks march in step.
 *
 * @param defaultInterval between two polls of a task that does not name its own
 * @param minimumInterval no task is polled more often
 * @param notFoundGrace how long a task may be unknown to the cloud before that is believed
 */
public record PollSchedule(
    Duration defaultInterval, Duration minimumInterval, Duration notFoundGrace) {

  /** Longest pause between two attempts while the cloud is out of sight. */
  static final Duration BACKOFF_CAP = Duration.ofMinutes(5);

  /** Pause between two looks at a task that a person has to mend. */
  static final Duration STALLED = Duration.ofMinutes(10);

  /** Pause between two looks at a task that is not found yet. */
  private static final Duration NOT_FOUND = Duration.ofSeconds(30);

  private static final double SPREAD = 0.1;

  /** The interval that holds for {@code spec}, whatever it asks for. */
  public Duration interval(AckTaskSpec spec) {
    return max(requested(spec), minimumInterval);
  }

  /** What a person should know about the interval, or null when it is the one asked for. */
  @Nullable String remark(AckTaskSpec spec) {
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
   * Until the first look since the operator started: at once for a new object, and at random within
   * one interval for those that were followed before, so that a restart does not march them in
   * step.
   */
  public Duration firstLook(Subject subject, Instant now) {
    return subject.trusted() == null
        ? Duration.ZERO
        : scaled(interval(subject.spec()), random(subject, now));
  }

  /** Until the next look at a task that is being followed. */
  public Duration next(Subject subject, Instant now) {
    return spread(interval(subject.spec()), subject, now);
  }

  /**
   * Until the next attempt while the cloud is out of sight: as long again as it has been out of
   * sight already, which doubles without anything to remember, at random down to one interval.
   *
   * @param lostSince start of the outage
   * @param retryAfter what the cloud asked for, as a lower bound
   */
  Duration backoff(Subject subject, Instant now, Instant lostSince, @Nullable Duration retryAfter) {
    Duration interval = interval(subject.spec());
    Duration elapsed = max(Duration.between(lostSince, now), Duration.ZERO);
    Duration ceiling = max(min(elapsed, BACKOFF_CAP), interval);
    Duration drawn = interval.plus(scaled(ceiling.minus(interval), random(subject, now)));
    Duration wait = spread(drawn, subject, now);
    return retryAfter == null ? wait : max(wait, spreadUp(retryAfter, subject, now));
  }

  /** Until the next look at a task that the cloud does not know yet; hits the end of the grace. */
  Duration notFound(Subject subject, Instant now, Instant notFoundSince) {
    Duration pace = spread(max(interval(subject.spec()), NOT_FOUND), subject, now);
    Duration left = max(Duration.between(now, notFoundSince.plus(notFoundGrace)), minimumInterval);
    return min(pace, left);
  }

  /** Until the next look at a task that a person has to mend. */
  Duration stalled(Subject subject, Instant now) {
    return spread(STALLED, subject, now);
  }

  private Duration requested(AckTaskSpec spec) {
    String text = spec.pollInterval();
    return text == null ? defaultInterval : GepDuration.parse(text).orElse(defaultInterval);
  }

  private static Duration spread(Duration base, Subject subject, Instant now) {
    return scaled(base, 1 - SPREAD + 2 * SPREAD * random(subject, now));
  }

  private static Duration spreadUp(Duration base, Subject subject, Instant now) {
    return scaled(base, 1 + SPREAD * random(subject, now));
  }

  private static Duration scaled(Duration base, double factor) {
    return Duration.ofMillis(Math.round(base.toMillis() * factor));
  }

  /** Uniform in [0, 1): the bits of uid and time, mixed by the finaliser of MurmurHash3. */
  private static double random(Subject subject, Instant now) {
    long bits = Objects.hash(subject.uid(), now) * 0x9E3779B97F4A7C15L;
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
