package dev.acktask.operator.backoff;

import java.time.Duration;

/**
 * Pauses that double with each failure up to a maximum, with jitter below that value, so that many
 * retries do not coincide.
 *
 * @param initial pause after the first failure, without jitter
 * @param max upper bound of all pauses
 * @param jitter part of a pause that is random, from 0 to 1; 0.25 gives 75 % to 100 % of the pause
 */
public record ExponentialBackoff(Duration initial, Duration max, double jitter) {
  /** 2^20 times any sensible initial pause exceeds any sensible maximum, and does not overflow. */
  private static final int MAX_DOUBLINGS = 20;

  /**
   * The pause after a failure.
   *
   * @param earlier number of failures in succession before this one
   * @param random uniform in [0, 1)
   */
  public Duration pause(int earlier, double random) {
    Duration doubled = initial.multipliedBy(1L << Math.min(earlier, MAX_DOUBLINGS));
    return jittered(doubled.compareTo(max) < 0 ? doubled : max, random);
  }

  /** {@code time}, shortened by up to {@link #jitter()} of it. */
  public Duration jittered(Duration time, double random) {
    return Duration.ofMillis(Math.round(time.toMillis() * (1 - jitter + jitter * random)));
  }
}
