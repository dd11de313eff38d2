package dev.acktask.operator.polling;

import java.time.Duration;
import java.util.Objects;

/**
 * Pseudo-random numbers in [0, 1) that spread calls over time. Derived from what is spread and from
 * the time: equal input gives equal output, and calls do not synchronise.
 */
final class Spread {
  private static final double JITTER = 0.1;

  private Spread() {}

  /** The number for {@code key} at {@code time}: a hash, finalised as in MurmurHash3. */
  static double random(Object key, long time) {
    long bits = Objects.hash(key, time) * 0x9E3779B97F4A7C15L;
    bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return ((bits ^ (bits >>> 33)) >>> 11) * 0x1.0p-53;
  }

  /** {@code time}, shortened by up to 10 %, in nanoseconds. */
  static long shortened(Duration time, double random) {
    return Math.round(time.toNanos() * (1 - JITTER * random));
  }
}
