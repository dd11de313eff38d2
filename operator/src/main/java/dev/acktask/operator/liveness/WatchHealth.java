package dev.acktask.operator.liveness;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when the watch is compared with the API server, and what follows from it. Used by one
 * thread.
 *
 * <p>A comparison lists the metadata of all objects, so it is made once in an interval. In between,
 * after two thirds of it, a probe asks whether anything has changed at all, which costs next to
 * nothing when nothing has; only then the comparison is made early. So a change that the watch does
 * not deliver is found within two thirds of an interval, or the rest after a long comparison.
 */
final class WatchHealth {
  private static final Logger log = LoggerFactory.getLogger(WatchHealth.class);

  /** A change may be missing here for as many intervals. */
  private static final int TOLERATED_INTERVALS = 2;

  /**
   * The comparison with the API server costs it as much as there are objects, so it rests at least
   * so many times as long as it took.
   */
  private static final int RESTS = 30;

  private static final Duration LONGEST_REST = Duration.ofMinutes(10);

  /**
   * Bounds the rest by what was listed, five times what an API server usually takes. A comparison
   * of few objects that took long waited for an API server that was starting, and cost it nothing.
   */
  private static final Duration LONGEST_REST_PER_OBJECT = Duration.ofMillis(10);

  /** A difference that has lasted for so long is no delay of the watch any more. */
  private static final Duration CONFIRMED = Duration.ofSeconds(5);

  /**
   * After so many comparisons in a row at which the API server was not trusted the process ends,
   * even if the file of authorities is the same: only a start reads the kubeconfig again, and only
   * a start that fails is seen from outside.
   */
  private static final int UNTRUSTED_COMPARISONS = 10;

  private final Duration early;
  private final ServerVersions server;
  private final Function<Set<String>, Map<String, String>> here;
  private final Consumer<ServerVersions.State> onComparison;
  private final BooleanSupplier authoritiesChanged;
  private final LongSupplier nanoTime;
  private final WatchComparison watch;
  private long compared;
  private long probed;
  private long restUntil;
  private long found;
  private int untrusted;
  private boolean isConfirmationDue;
  private boolean isSilenceReported;

  /**
   * @param here resourceVersion by uid of what the watch has brought, without the given namespaces
   * @param onComparison receives what the API server answered to each comparison
   * @param authoritiesChanged true when a new process would trust other servers than this one
   */
  WatchHealth(
      Duration interval,
      ServerVersions server,
      Function<Set<String>, Map<String, String>> here,
      Consumer<ServerVersions.State> onComparison,
      BooleanSupplier authoritiesChanged,
      LongSupplier nanoTime) {
    this.early = interval.multipliedBy(2).dividedBy(3);
    this.server = server;
    this.here = here;
    this.onComparison = onComparison;
    this.authoritiesChanged = authoritiesChanged;
    this.nanoTime = nanoTime;
    this.watch = new WatchComparison(interval.multipliedBy(TOLERATED_INTERVALS), nanoTime);
    this.compared = nanoTime.getAsLong();
    this.probed = compared;
    this.restUntil = compared;
  }

  /** The resourceVersion by uid of all objects that the watch has brought. */
  Map<String, String> known() {
    return here.apply(Set.of());
  }

  /** Starts again, when the time since the last comparison proves nothing. */
  void forget() {
    watch.forget();
  }

  /**
   * Compares, unless that was done a short while ago.
   *
   * @param onAnswer runs after each answer of the API server
   */
  Liveness compare(Runnable onAnswer) {
    long began = nanoTime.getAsLong();
    if (began - restUntil < 0 || began - compared < early.toNanos()) {
      return new Liveness.Alive();
    }
    return compareNow(began, onAnswer);
  }

  /**
   * Compares early when something may have changed.
   *
   * @param onAnswer runs after each answer of the API server
   */
  Liveness compareIfChanged(Runnable onAnswer) {
    long began = nanoTime.getAsLong();
    long since = began - Math.max(compared, probed);
    if (began - restUntil < 0 || since < early.toNanos()) {
      return new Liveness.Alive();
    }
    boolean mayHaveChanged = server.mayHaveChanged(onAnswer);
    probed = began;
    return mayHaveChanged ? compareNow(nanoTime.getAsLong(), onAnswer) : new Liveness.Alive();
  }

  /**
   * Logs once that the watch delivers nothing, some seconds after a comparison has found that
   * changes are missing, and long before the process ends for it.
   */
  void confirm() {
    if (!isConfirmationDue || nanoTime.getAsLong() - found < CONFIRMED.toNanos()) {
      return;
    }
    isConfirmationDue = false;
    long missing = watch.missing(CONFIRMED, this::known);
    if (missing > 0 && !isSilenceReported) {
      log.atWarn()
          .addKeyValue("objects", missing)
          .log(new ApiServerFailure(ApiServerFailure.Kind.WATCH_SILENT, "").text());
    }
    isSilenceReported = missing > 0;
  }

  private Liveness compareNow(long began, Runnable onAnswer) {
    ServerVersions.State onServer = server.read(onAnswer);
    onComparison.accept(onServer);
    compared = nanoTime.getAsLong();
    if (onServer.listed().isEmpty()) {
      // Out of reach: no watch can deliver, and a restart would not help.
      watch.forget();
      return judgeTrust(onServer);
    }
    untrusted = 0;
    restUntil = compared + rest(compared - began, onServer).toNanos();
    Liveness health = watch.compare(onServer, here);
    isConfirmationDue = true;
    found = nanoTime.getAsLong();
    return health;
  }

  private static Duration rest(long nanos, ServerVersions.State listed) {
    long objects = listed.versions().values().stream().mapToLong(Map::size).sum();
    return Stream.of(
            Duration.ofNanos(RESTS * nanos),
            LONGEST_REST_PER_OBJECT.multipliedBy(objects),
            LONGEST_REST)
        .min(Comparator.naturalOrder())
        .orElseThrow();
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
