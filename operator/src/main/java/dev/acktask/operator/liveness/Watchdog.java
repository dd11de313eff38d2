package dev.acktask.operator.liveness;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then whether the process does its work, and ends it when it does not. */
public final class Watchdog {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /** A change may be missing here for as many looks. */
  private static final int PATIENT_LOOKS = 2;

  /**
   * The comparison with the API server costs it as much as there are objects, so it rests at least
   * so many times as long as it took.
   */
  private static final int RESTS = 30;

  private static final Duration LONGEST_REST = Duration.ofMinutes(10);

  /** After so many intervals without a sign of the watchdog itself the process counts as dead. */
  private static final int MISSED_INTERVALS = 3;

  private final Duration interval;
  private final Visits visits;
  private final ServerVersions server;
  private final Supplier<Map<String, String>> here;
  private final LongSupplier nanoTime;
  private final Runnable exit;
  private final WatchComparison watch;
  private long lastLook;
  private volatile long lastProgress;
  private long nextComparison;
  private volatile Liveness liveness = new Liveness.Alive();

  /**
   * @param interval between two looks
   * @param here resourceVersion by uid of what the watch has brought
   * @param exit ends the process at once
   */
  public Watchdog(
      Duration interval,
      Visits visits,
      ServerVersions server,
      Supplier<Map<String, String>> here,
      LongSupplier nanoTime,
      Runnable exit) {
    this.interval = interval;
    this.visits = visits;
    this.server = server;
    this.here = here;
    this.nanoTime = nanoTime;
    this.exit = exit;
    this.watch = new WatchComparison(interval.multipliedBy(PATIENT_LOOKS), nanoTime);
    this.lastLook = nanoTime.getAsLong();
    this.nextComparison = lastLook;
    this.lastProgress = lastLook;
  }

  public void start(ScheduledExecutorService timer) {
    Future<?> unused = // look() throws nothing that it could tell
        timer.scheduleWithFixedDelay(
            this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * What the last look found. Dead as well when the watchdog itself does not run: its thread may
   * have ended, which only a thread that asks can notice.
   */
  public Liveness liveness() {
    Duration silence = Duration.ofNanos(nanoTime.getAsLong() - lastProgress);
    return liveness instanceof Liveness.Alive
            && silence.compareTo(interval.multipliedBy(MISSED_INTERVALS)) > 0
        ? new Liveness.Dead("the watchdog has not run for " + silence.toSeconds() + " s")
        : liveness;
  }

  /**
   * Throws no exception: the timer would not run it again. An {@link Error} ends the process, for
   * nothing that this thread finds can be relied on after it.
   */
  void look() {
    lastProgress = nanoTime.getAsLong();
    try {
      liveness = judge();
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
    lastLook = nanoTime.getAsLong();
    lastProgress = lastLook;
    if (liveness instanceof Liveness.Dead dead) {
      log.atError()
          .addKeyValue("reason", dead.reason())
          .log("Exiting in order to be started again");
      exit.run();
    }
  }

  private Liveness judge() {
    if (nanoTime.getAsLong() - lastLook > 2 * interval.toNanos()) {
      // The whole process was frozen. What should have happened meanwhile gets the time to.
      watch.forget();
      return new Liveness.Alive();
    }
    Liveness seen = visits.check(here.get().keySet());
    return seen instanceof Liveness.Dead ? seen : lookAtTheWatch();
  }

  private Liveness lookAtTheWatch() {
    long began = nanoTime.getAsLong();
    if (began - nextComparison < 0) {
      return new Liveness.Alive();
    }
    Optional<Map<String, String>> onServer = server.read(() -> lastProgress = nanoTime.getAsLong());
    if (onServer.isEmpty()) {
      // Out of reach: nobody's watch can deliver, and a restart would not help.
      watch.forget();
      return new Liveness.Alive();
    }
    long ended = nanoTime.getAsLong();
    nextComparison = ended + Math.min(RESTS * (ended - began), LONGEST_REST.toNanos());
    return watch.compare(onServer.get(), here.get());
  }
}
