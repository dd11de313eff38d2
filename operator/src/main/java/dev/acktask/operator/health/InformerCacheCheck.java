package dev.acktask.operator.health;

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
 * Decides when the informer cache is compared with the API server, and judges the result. Not
 * thread-safe.
 *
 * <p>A comparison lists the metadata of all objects and runs once per interval. After two thirds of
 * the interval a cheap probe checks whether anything has changed; if so, the comparison runs early.
 * A change that the watch does not deliver is therefore found within two thirds of an interval, or
 * after the pause that follows a long comparison.
 */
public final class InformerCacheCheck implements HealthCheck {
  private static final Logger log = LoggerFactory.getLogger(InformerCacheCheck.class);

  /** Number of intervals for which a change may be missing in the cache. */
  private static final int TOLERATED_INTERVALS = 2;

  /**
   * Ratio of the pause after a comparison to its duration. The cost of a comparison for the API
   * server grows with the number of objects.
   */
  private static final int PAUSE_RATIO = 30;

  private static final Duration MAX_PAUSE = Duration.ofMinutes(10);

  /**
   * Limits the pause by the number of objects: five times the usual cost of one. A slow comparison
   * of few objects waited for an API server that was starting, and cost it nothing.
   */
  private static final Duration MAX_PAUSE_PER_OBJECT = Duration.ofMillis(10);

  /** A difference that lasts this long is not a delay of the watch. */
  private static final Duration MIN_SILENCE = Duration.ofSeconds(5);

  /**
   * Number of consecutive comparisons with an untrusted API server after which the process exits,
   * even if the file of authorities is unchanged. Only a start reads the kubeconfig again, and only
   * a failed start is visible from outside.
   */
  private static final int UNTRUSTED_COMPARISONS = 10;

  private final Duration minimumGap;
  private final ResourceVersionReader server;
  private final Function<Set<String>, Map<String, String>> cached;
  private final Consumer<ResourceVersionReader.State> onComparison;
  private final BooleanSupplier authoritiesChanged;
  private final LongSupplier nanoTime;
  private final InformerStaleness watch;
  private long lastComparison;
  private long lastProbe;
  private long pausedUntil;
  private long lastResult;
  private int untrustedComparisons;
  private boolean isReportDue;
  private boolean isSilenceReported;

  /**
   * @param cached resourceVersion by uid in the informer cache, without the given namespaces
   * @param onComparison receives the state of the API server at each comparison
   * @param authoritiesChanged true if a new process would trust other servers
   */
  public InformerCacheCheck(
      Duration interval,
      ResourceVersionReader server,
      Function<Set<String>, Map<String, String>> cached,
      Consumer<ResourceVersionReader.State> onComparison,
      BooleanSupplier authoritiesChanged,
      LongSupplier nanoTime) {
    this.minimumGap = interval.multipliedBy(2).dividedBy(3);
    this.server = server;
    this.cached = cached;
    this.onComparison = onComparison;
    this.authoritiesChanged = authoritiesChanged;
    this.nanoTime = nanoTime;
    this.watch =
        new InformerStaleness(server.kind(), interval.multipliedBy(TOLERATED_INTERVALS), nanoTime);
    this.lastComparison = nanoTime.getAsLong();
    this.lastProbe = lastComparison;
    this.pausedUntil = lastComparison;
  }

  /** Maximum time for one response of the API server. */
  Duration answerTimeout() {
    return server.timeout();
  }

  /** resourceVersion by uid of all objects in the informer cache. */
  Map<String, String> known() {
    return cached.apply(Set.of());
  }

  /** See {@link InformerStaleness#reset}. */
  void reset() {
    watch.reset();
  }

  /**
   * Compares, unless the last comparison is too recent.
   *
   * @param onAnswer runs after each response of the API server
   */
  Health compare(Runnable onAnswer) {
    long startedAt = nanoTime.getAsLong();
    if (startedAt - pausedUntil < 0 || startedAt - lastComparison < minimumGap.toNanos()) {
      return new Health.Alive();
    }
    return compareNow(startedAt, onAnswer);
  }

  /** Compares, unless the last comparison is too recent. */
  @Override
  public Health check() {
    return compare(() -> {});
  }

  /**
   * Compares early if something may have changed.
   *
   * @param onAnswer runs after each response of the API server
   */
  Health compareIfChanged(Runnable onAnswer) {
    long startedAt = nanoTime.getAsLong();
    long since = startedAt - Math.max(lastComparison, lastProbe);
    if (startedAt - pausedUntil < 0 || since < minimumGap.toNanos()) {
      return new Health.Alive();
    }
    boolean mayHaveChanged = server.mayHaveChanged(onAnswer);
    lastProbe = startedAt;
    return mayHaveChanged ? compareNow(nanoTime.getAsLong(), onAnswer) : new Health.Alive();
  }

  /**
   * Logs once that the watch delivers nothing: some seconds after a comparison found missing
   * changes, and long before the process exits because of it.
   */
  void reportSilentWatch() {
    if (!isReportDue || nanoTime.getAsLong() - lastResult < MIN_SILENCE.toNanos()) {
      return;
    }
    isReportDue = false;
    logSilence();
  }

  private void logSilence() {
    long missing = watch.missing(MIN_SILENCE, this::known);
    if (missing > 0 && !isSilenceReported) {
      log.atWarn()
          .addKeyValue("kind", server.kind())
          .addKeyValue("objects", missing)
          .log(new ApiServerFailure(ApiServerFailure.Kind.WATCH_SILENT, "").text());
    }
    isSilenceReported = missing > 0;
  }

  private Health compareNow(long startedAt, Runnable onAnswer) {
    ResourceVersionReader.State onServer = server.read(onAnswer);
    onComparison.accept(onServer);
    lastComparison = nanoTime.getAsLong();
    if (onServer.listed().isEmpty()) {
      // The API server is unreachable: no watch can deliver, and a restart would not help.
      watch.reset();
      return judgeTrust(onServer);
    }
    untrustedComparisons = 0;
    pausedUntil = lastComparison + pause(lastComparison - startedAt, onServer).toNanos();
    Health health = watch.compare(onServer, cached);
    isReportDue = true;
    lastResult = nanoTime.getAsLong();
    if (health instanceof Health.Dead) {
      logSilence(); // on a busy machine the exit may come before the report
    }
    return health;
  }

  private static Duration pause(long nanos, ResourceVersionReader.State listed) {
    long objects = listed.versions().values().stream().mapToLong(Map::size).sum();
    return Stream.of(
            Duration.ofNanos(PAUSE_RATIO * nanos),
            MAX_PAUSE_PER_OBJECT.multipliedBy(objects),
            MAX_PAUSE)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /**
   * An untrusted API server stays untrusted, because the authorities are read once. An unreachable
   * one may recover and proves nothing about them.
   */
  private Health judgeTrust(ResourceVersionReader.State onServer) {
    boolean isUntrusted =
        onServer.failures().values().stream()
            .anyMatch(failure -> failure.kind() == ApiServerFailure.Kind.UNTRUSTED);
    if (!isUntrusted) {
      return new Health.Alive();
    }
    untrustedComparisons++;
    if (authoritiesChanged.getAsBoolean()) {
      return new Health.Dead(
          ApiServerFailure.Kind.UNTRUSTED.cause()
              + ", and the file of trusted authorities has changed since the start");
    }
    return untrustedComparisons < UNTRUSTED_COMPARISONS
        ? new Health.Alive()
        : new Health.Dead(
            ApiServerFailure.Kind.UNTRUSTED.cause()
                + " at "
                + untrustedComparisons
                + " attempts in a row");
  }
}
