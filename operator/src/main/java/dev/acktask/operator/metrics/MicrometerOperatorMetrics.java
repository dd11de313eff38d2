package dev.acktask.operator.metrics;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The meters of this process and the registry behind the metrics page. */
public final class MicrometerOperatorMetrics implements OperatorMetrics {
  private static final Duration[] DELAY_BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofSeconds(60),
    Duration.ofSeconds(300)
  };

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
  private final Set<String> sweptConnections = ConcurrentHashMap.newKeySet();
  private final Timer reconcileDelay;
  private final Timer budgetWait;
  private final Counter contradictions;
  private final Counter failedRefreshes;
  private final Counter reconcileErrors;
  private final Counter droppedEvents;
  private volatile BooleanSupplier isLeader = () -> false;

  public MicrometerOperatorMetrics(String version) {
    reconcileDelay =
        timer(
            "acktask.operator.observation.lag",
            "Delay between the scheduled and the actual start of a poll, in seconds.");
    budgetWait =
        timer(
            "acktask.operator.budget.wait",
            "Time that a poll waits for the request budget, in seconds.");
    contradictions =
        counter(
            "acktask.operator.verdict.contradictions",
            "Refreshes of finished tasks in which the cloud reported another state.");
    reconcileErrors =
        counter(
            "acktask.operator.reconcile.errors",
            "Reconciles that failed because of the operator itself or the Kubernetes API.");
    failedRefreshes =
        counter(
            "acktask.operator.refresh.failures",
            "Refreshes of finished tasks that got no answer from the cloud.");
    droppedEvents =
        counter(
            "acktask.operator.events.dropped",
            "Kubernetes Events that were not written: too many at once, or refused.");
    Gauge.builder("acktask.operator.leader", () -> isLeader.getAsBoolean() ? 1 : 0)
        .description("1 on the replica that is the leader.")
        .register(meters);
    Collector build =
        () ->
            new InfoSnapshot(
                new MetricMetadata("acktask_operator_build", "Version of the operator."),
                List.of(new InfoDataPointSnapshot(Labels.of("version", version))));
    registry.register(build);
  }

  /** Registry for the other meters of the process. */
  public MeterRegistry meters() {
    return meters;
  }

  /**
   * The meters of the framework. The counters of each controller start at 0, not with the first
   * increment, so that {@code increase()} over the first failure is not 0.
   *
   * @param controllers the names of the controllers, the label {@code controller_name}
   */
  public Metrics frameworkMetrics(List<String> controllers) {
    for (String counter :
        List.of(
            MicrometerMetricsV2.RECONCILIATIONS_SUCCESS,
            MicrometerMetricsV2.RECONCILIATIONS_FAILED,
            MicrometerMetricsV2.RECONCILIATIONS_RETRIES_NUMBER)) {
      controllers.forEach(it -> meters.counter(counter, "controller.name", it));
    }
    return MicrometerMetricsV2.newBuilder(meters).build();
  }

  /** Adds series that are computed at each scrape. */
  public void add(MultiCollector collector) {
    registry.register(collector);
  }

  /** Collects the current values of all series. */
  public MetricSnapshots scrape() {
    return registry.scrape();
  }

  /** Sets the source of the leader gauge. */
  public void reportLeadership(BooleanSupplier leadership) {
    isLeader = leadership;
  }

  @Override
  public void pollStarted(Duration delay) {
    reconcileDelay.record(delay);
  }

  @Override
  public void reconcileFailed() {
    reconcileErrors.increment();
  }

  @Override
  public void budgetAcquired(Duration wait) {
    budgetWait.record(wait);
  }

  @Override
  public void sweepEnded(String connection, int missed) {
    boolean isSeparate =
        sweptConnections.contains(connection)
            || sweptConnections.size() < RequestMeters.MAX_CONNECTIONS;
    if (isSeparate) {
      sweptConnections.add(connection);
    }
    Counter.builder("acktask.operator.sweep.missed.changes")
        .description(
            "Changes of tasks that polls found and the list of the cluster did not announce.")
        .tag("connection", isSeparate ? connection : ConnectionLabel.OTHER)
        .register(meters)
        .increment(missed);
  }

  @Override
  public void eventEmitted(String reason) {
    switch (reason) {
      case "VerdictContradicted" -> contradictions.increment();
      case "RefreshFailed" -> failedRefreshes.increment();
      default -> {
        // The per-task series cover all other transitions.
      }
    }
  }

  @Override
  public void eventDropped() {
    droppedEvents.increment();
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(DELAY_BUCKETS)
        .register(meters);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(meters);
  }
}
