package dev.acktask.operator.alibaba.credentials;

import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The clocks, threads and random numbers of credential providers.
 *
 * @param clock wall clock, for the end of a session
 * @param nanoTime monotonic clock, for pauses and ages
 * @param background runs a fetch
 * @param random spreads the renewals of replicas and connections
 */
record Timing(
    InstantSource clock, LongSupplier nanoTime, Executor background, RandomGenerator random) {
  /** Those of the process. */
  static Timing system() {
    return new Timing(
        InstantSource.system(),
        System::nanoTime,
        fetch -> Thread.ofVirtual().name("credential-fetch").start(fetch),
        new Random());
  }
}
