package dev.acktask.operator.health;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a start whose watch is not answered. The framework waits for the first list and the first
 * watch together, for as long as a list of very many objects may take; the watchdog does not run
 * yet. A new process opens a new connection.
 */
public final class FirstWatchGuard {
  private static final Logger log = LoggerFactory.getLogger(FirstWatchGuard.class);

  /** Six times the timeout of other requests. The API server answers to a watch at once. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Supplier<Duration> unanswered;
  private final Runnable exit;

  /**
   * @param unanswered how long the watch that has waited longest has had no answer
   * @param exit ends the process at once
   */
  public FirstWatchGuard(Supplier<Duration> unanswered, Runnable exit) {
    this.unanswered = unanswered;
    this.exit = exit;
  }

  /** Runs {@code start} and checks the watch until it returns or fails. */
  public void guard(Runnable start) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("first-watch").factory());
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            this::check, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    try {
      start.run();
    } finally {
      timer.shutdownNow();
    }
  }

  /** Exits when a watch has waited for longer than {@link #LIMIT}. */
  void check() {
    if (unanswered.get().compareTo(LIMIT) > 0) {
      try {
        log.atError()
            .addKeyValue("reason", ApiServerFailure.Kind.WATCH_UNANSWERED.cause())
            .log("Exiting in order to be started again");
      } finally {
        exit.run();
      }
    }
  }
}
