package dev.acktask.operator.liveness;

import dev.acktask.operator.kubernetes.ApiServerFailure;
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

  /** A difference that has lasted for so long is no delay of the watch any more. */
  private static final Duration CONFIRMED = Duration.ofSeconds(5);

  /**
   * After so many comparisons in a row at which the API server was not trusted the process ends,
   * even if the file of authorities is the same: only a start reads the kubeconfig again, and only
   * a start that fails is seen from outside.
   */
  private static final int UNTRUSTED_COMPARISONS = 10;

  private final Duration interval;
  private final Visits visits;
  private final ServerVersions server;
  private final Function<Set<String>, Map<String, String>> here;
  private final Consumer<ServerVersions.State> onComparison;
  private final BooleanSupplier authoritiesChanged;
  private final LongSupplier nanoTime;
  private final Runnable exit;
  private final WatchComparison watch;
  private long lastLook;
  private volatile long lastProgress;
  private long nextComparison;
  private int untrusted;
  private boolean isSilenceReported;
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
    this.visits = visits;
    this.server = server;
    this.here = here;
    this.onComparison = onComparison;
    this.authoritiesChanged = authoritiesChanged;
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
    Future<?> unusedToo =
        timer.scheduleWithFixedDelay(
            this::confirm, CONFIRMED.toMillis(), CONFIRMED.toMillis(), TimeUnit.MILLISECONDS);
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

  /** Logs once that the watch delivers nothing, long before the process ends for it. */
  void confirm() {
    try {
      long missing = watch.missing(CONFIRMED, () -> here.apply(Set.of()));
      if (missing > 0 && !isSilenceReported) {
        log.atWarn()
            .addKeyValue("objects", missing)
            .log(new ApiServerFailure(ApiServerFailure.Kind.WATCH_SILENT, "").text());
      }
      isSilenceReported = missing > 0;
    } catch (RuntimeException unexpected) {
      log.error("The watch could not be judged", unexpected);
    }
  }

  private Liveness judge() {
    if (nanoTime.getAsLong() - lastLook > 2 * interval.toNanos()) {
      // The whole process was frozen. What should have happened meanwhile gets the time to.
      watch.forget();
      return new Liveness.Alive();
    }
    Liveness seen = visits.check(here.apply(Set.of()).keySet());
    return seen instanceof Liveness.Dead ? seen : lookAtTheWatch();
  }

  private Liveness lookAtTheWatch() {
    long began = nanoTime.getAsLong();
    if (began - nextComparison < 0) {
      return new Liveness.Alive();
    }
    ServerVersions.State onServer = server.read(() -> lastProgress = nanoTime.getAsLong());
    onComparison.accept(onServer);
    if (onServer.listed().isEmpty()) {
      // Out of reach: no watch can deliver, and a restart would not help.
      watch.forget();
      return judgeTrust(onServer);
    }
    untrusted = 0;
    long ended = nanoTime.getAsLong();
    nextComparison = ended + Math.min(RESTS * (ended - began), LONGEST_REST.toNanos());
    return watch.compare(onServer.versions(), here.apply(onServer.failures().keySet()));
  }

  /**
   * An API server that answers and is not trusted will not be trusted later: the authorities are
   * read once. One that is out of reach may come back, and says nothing about them.
   */
  private Liveness judgeTrust(ServerVersions.State onServer) {
    boolean isUntrusted =
        onServer.failures().values().stream()
            .anyMatch(failure -> failure.kind() == ApiServerFailure.Kind.UNTRUSTED);
    if (!isUntrusted) {
      return new Liveness.Alive();
    }
    untrusted++;
    if (authoritiesChanged.getAsBoolean()) {
      return new Liveness.Dead(
          ApiServerFailure.Kind.UNTRUSTED.cause()
              + ", and the file of trusted authorities has changed since the start");
    }
    return untrusted < UNTRUSTED_COMPARISONS
        ? new Liveness.Alive()
        : new Liveness.Dead(
            ApiServerFailure.Kind.UNTRUSTED.cause() + " at " + untrusted + " attempts in a row");
  }
}
