package dev.acktask.operator.liveness;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether the process does its work, and ends it when it does not. */
public final class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /** After so many intervals without a sign of the watchdog itself the process counts as dead. */
  private static final int MISSED_INTERVALS = 3;

  /** And not before so many answers of the API server could have come, which it waits for. */
  private static final int SLOW_ANSWERS = 2;

  /** Between two checks whether the watch has to be examined. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Duration interval;
  private final Duration longestSilence;
  private final Visits visits;
  private final LongSupplier nanoTime;
  private final Runnable exit;
  private final WatchHealth watch;
  private long lastLook;
  private volatile long lastProgress;
  private volatile Liveness liveness = new Liveness.Alive();

  /**
   * @param interval between two looks
   * @param here resourceVersion by uid of what the watch has brought, without the given namespaces
   * @param onComparison receives what the API server answered to each comparison
   * @param authoritiesChanged true when a new process would trust other servers than this one
   * @param exit ends the process at once
   */
  public Watchdog(
      Duration interval,
      Visits visits,
      ServerVersions server,
      Function<Set<String>, Map<String, String>> here,
      Consumer<ServerVersions.State> onComparison,
      BooleanSupplier authoritiesChanged,
      LongSupplier nanoTime,
      Runnable exit) {
    this.interval = interval;
    this.longestSilence = longestSilence(interval, server.timeout());
    this.visits = visits;
    this.nanoTime = nanoTime;
    this.exit = exit;
    this.watch =
        new WatchHealth(interval, server, here, onComparison, authoritiesChanged, nanoTime);
    this.lastLook = nanoTime.getAsLong();
    this.lastProgress = lastLook;
  }

  public void start(ScheduledExecutorService timer) {
    Future<?> unused = // look() and tick() throw nothing
        timer.scheduleWithFixedDelay(
            this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    Future<?> unusedToo =
        timer.scheduleWithFixedDelay(
            this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * What the last look found. Dead as well when the watchdog itself does not run: its thread may
   * have ended, which only a thread that asks can notice.
   */
  public Liveness liveness() {
    Duration silence = Duration.ofNanos(nanoTime.getAsLong() - lastProgress);
    return liveness instanceof Liveness.Alive && silence.compareTo(longestSilence) > 0
        ? new Liveness.Dead("the watchdog has not run for " + silence.toSeconds() + " s")
        : liveness;
  }

  /** A slow API server is no silence of the watchdog, however short the interval is. */
  private static Duration longestSilence(Duration interval, Duration answer) {
    Duration missed = interval.multipliedBy(MISSED_INTERVALS);
    Duration waiting = answer.multipliedBy(SLOW_ANSWERS).plus(interval);
    return missed.compareTo(waiting) > 0 ? missed : waiting;
  }

  /** Checks everything. */
  void look() {
    run(this::judge);
    lastLook = nanoTime.getAsLong();
  }

  /** Examines the watch between two looks, so that a silent one is reported within 30 s. */
  void tick() {
    if (!wasFrozen()) {
      run(
          () -> {
            watch.confirm();
            return watch.compareIfChanged(this::progress);
          });
    }
  }

  /**
   * Throws no exception: the timer would not run it again. An {@link Error} ends the process, for
   * nothing that this thread finds can be relied on after it.
   */
  private void run(Supplier<Liveness> check) {
    progress();
    try {
      liveness = check.get();
    } catch (RuntimeException unexpected) {
      log.error("The watchdog could not look", unexpected);
      watch.forget();
    } catch (Throwable error) {
      try {
        log.error("The watchdog failed; exiting", error);
      } finally {
        exit.run();
      }
    }
    progress();
    if (liveness instanceof Liveness.Dead dead) {
      log.atError()
          .addKeyValue("reason", dead.reason())
          .log("Exiting in order to be started again");
      exit.run();
    }
  }

  private Liveness judge() {
    if (wasFrozen()) {
      // What should have happened meanwhile gets the time to.
      watch.forget();
      return new Liveness.Alive();
    }
    Liveness found = visits.check(watch.known().keySet());
    return found instanceof Liveness.Dead ? found : watch.compare(this::progress);
  }

  /** True when the whole process did not run for a while. */
  private boolean wasFrozen() {
    return nanoTime.getAsLong() - lastLook > 2 * interval.toNanos();
  }

  private void progress() {
    lastProgress = nanoTime.getAsLong();
  }
}
