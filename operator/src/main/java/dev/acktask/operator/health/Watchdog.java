package dev.acktask.operator.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks periodically that the process works, and exits the process if it does not. */
public final class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /** The process counts as dead after this many intervals without progress of the watchdog. */
  private static final int MISSED_INTERVALS = 3;

  /**
   * The watchdog waits for the API server, so the limit also allows for this many slow responses.
   */
  private static final int SLOW_RESPONSES = 2;

  /** Time between two probes of the watch. */
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

  private final Duration interval;
  private final Duration maxSilence;
  private final List<HealthCheck> checks;
  private final LongSupplier nanoTime;
  private final Runnable exit;
  private final InformerCacheCheck watch;
  private long lastCheck;
  private volatile long lastProgress;
  private volatile Health health = new Health.Alive();

  /**
   * @param interval time between two full checks
   * @param checks of the work of the process
   * @param exit ends the process at once
   */
  public Watchdog(
      Duration interval,
      List<HealthCheck> checks,
      InformerCacheCheck watch,
      LongSupplier nanoTime,
      Runnable exit) {
    this.interval = interval;
    this.maxSilence = maxSilence(interval, watch.answerTimeout());
    this.checks = List.copyOf(checks);
    this.nanoTime = nanoTime;
    this.exit = exit;
    this.watch = watch;
    this.lastCheck = nanoTime.getAsLong();
    this.lastProgress = lastCheck;
  }

  /** Schedules the checks on {@code timer}. */
  public void start(ScheduledExecutorService timer) {
    Future<?> unused = // check() and probeWatch() throw nothing
        timer.scheduleWithFixedDelay(
            this::check, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    Future<?> unusedToo =
        timer.scheduleWithFixedDelay(
            this::probeWatch,
            PROBE_INTERVAL.toMillis(),
            PROBE_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Result of the last check. Also dead if the watchdog itself makes no progress, for example
   * because its thread has ended.
   */
  public Health health() {
    Duration silence = Duration.ofNanos(nanoTime.getAsLong() - lastProgress);
    return health instanceof Health.Alive && silence.compareTo(maxSilence) > 0
        ? new Health.Dead("the watchdog has not run for " + silence.toSeconds() + " s")
        : health;
  }

  /**
   * Maximum time without progress. A short interval must not turn a slow API server into a failure.
   */
  private static Duration maxSilence(Duration interval, Duration answer) {
    Duration missed = interval.multipliedBy(MISSED_INTERVALS);
    Duration waiting = answer.multipliedBy(SLOW_RESPONSES).plus(interval);
    return missed.compareTo(waiting) > 0 ? missed : waiting;
  }

  /** Runs the full check: polls, reconciles and watch. */
  void check() {
    runGuarded(this::checkAll);
    lastCheck = nanoTime.getAsLong();
  }

  /** Probes the watch between two full checks, so that a silent watch is reported within 30 s. */
  void probeWatch() {
    if (!wasSuspended()) {
      runGuarded(
          () -> {
            watch.reportSilentWatch();
            return watch.compareIfChanged(this::recordProgress);
          });
    }
  }

  /**
   * Throws nothing, because the timer would stop. An {@link Error} exits the process, because later
   * results of this thread are not reliable.
   */
  private void runGuarded(Supplier<Health> check) {
    recordProgress();
    try {
      health = check.get();
    } catch (RuntimeException unexpected) {
      log.error("A check of the watchdog failed", unexpected);
      watch.reset();
    } catch (Throwable error) {
      try {
        log.error("The watchdog failed; exiting", error);
      } finally {
        exit.run();
      }
    }
    recordProgress();
    if (health instanceof Health.Dead dead) {
      log.atError()
          .addKeyValue("reason", dead.reason())
          .log("Exiting in order to be started again");
      exit.run();
    }
  }

  private Health checkAll() {
    if (wasSuspended()) {
      // Overdue work gets time to catch up.
      watch.reset();
      return new Health.Alive();
    }
    for (HealthCheck check : checks) {
      if (check.check() instanceof Health.Dead dead) {
        return dead;
      }
    }
    return watch.compare(this::recordProgress);
  }

  /** True if the whole process was suspended for a while. */
  private boolean wasSuspended() {
    return nanoTime.getAsLong() - lastCheck > 2 * interval.toNanos();
  }

  private void recordProgress() {
    lastProgress = nanoTime.getAsLong();
  }
}
