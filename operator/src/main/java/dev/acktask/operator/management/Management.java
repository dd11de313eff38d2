package dev.acktask.operator.management;

import dev.acktask.operator.liveness.Liveness;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The meters of this process, its health, and the pages that show both. */
public final class Management {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final Duration[] WAITS = {
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
  private final RenderedMetrics text =
      new RenderedMetrics(
          FORMATS.getPrometheusTextFormatWriter(), registry::scrape, System::nanoTime);
  private final RenderedMetrics openMetrics =
      new RenderedMetrics(
          FORMATS.getOpenMetricsTextFormatWriter(), registry::scrape, System::nanoTime);
  private final Timer lag;
  private final Timer budgetWait;
  private final Counter contradictions;
  private final Counter failedRefreshes;
  private final Counter reconcileErrors;
  private volatile Stage stage = Stage.STARTING;
  private volatile BooleanSupplier leads = () -> false;
  private volatile Supplier<Liveness> liveness = Liveness.Alive::new;
  private volatile Supplier<List<String>> details = List::of;

  /** How far the process has come. */
  private enum Stage {
    STARTING,
    STANDING_BY,
    WORKING
  }

  /**
   * @param version of the operator
   */
  public Management(String version) {
    lag = waits("acktask.operator.observation.lag", "How late a visit began after it was due.");
    budgetWait =
        waits("acktask.operator.budget.wait", "How long a poll waits for the request budget.");
    contradictions =
        Counter.builder("acktask.operator.verdict.contradictions")
            .description("Fresh looks at finished tasks in which the cloud said otherwise.")
            .register(meters);
    reconcileErrors =
        Counter.builder("acktask.operator.reconcile.errors")
            .description("Visits that ended in a failure of the operator or the Kubernetes API.")
            .register(meters);
    failedRefreshes =
        Counter.builder("acktask.operator.refresh.failures")
            .description("Fresh looks at finished tasks that brought no answer.")
            .register(meters);
    Gauge.builder("acktask.operator.leader", () -> leads.getAsBoolean() ? 1 : 0)
        .description("1 on the replica that works.")
        .register(meters);
    Collector build =
        () ->
            new InfoSnapshot(
                new MetricMetadata("acktask_operator_build", "What runs here."),
                List.of(new InfoDataPointSnapshot(Labels.of("version", version))));
    registry.register(build);
  }

  public MeterRegistry meters() {
    return meters;
  }

  /** Adds series that are made when they are asked for. */
  public void add(MultiCollector series) {
    registry.register(series);
  }

  /** Notes how late a visit began. */
  public void began(Duration late) {
    lag.record(late);
  }

  /** Notes how long a poll has to wait for the budget. */
  public void reserved(Duration wait) {
    budgetWait.record(wait);
  }

  /** Notes what was told of an object, by its reason. */
  public void told(String reason) {
    switch (reason) {
      case "VerdictContradicted" -> contradictions.increment();
      case "RefreshFailed" -> failedRefreshes.increment();
      default -> {
        // Told as an event and a log line, and seen in the series of the task.
      }
    }
  }

  /** Notes a visit that ended in a failure. */
  public void failed() {
    reconcileErrors.increment();
  }

  /** This replica is ready to take over. */
  public void standsBy() {
    stage = Stage.STANDING_BY;
  }

  /** This replica works from now on, as long as it leads. */
  public void works(BooleanSupplier leading, Supplier<Liveness> judged) {
    leads = leading;
    liveness = judged;
    stage = Stage.WORKING;
  }

  /** Lines to add to {@code /readyz}: what a replica that is ready does not serve. */
  public void details(Supplier<List<String>> lines) {
    details = lines;
  }

  /** The pages of the health port, by path. */
  public Map<String, Page> healthPages() {
    Page started =
        request ->
            stage == Stage.STARTING ? Content.line(503, "starting") : Content.line(200, "ok");
    return Map.of(
        "/livez",
        request -> alive(),
        "/readyz",
        request -> stage == Stage.STARTING ? started.get(request) : ready(),
        "/startupz",
        started);
  }

  /** The pages of the metrics port, by path. */
  public Map<String, Page> metricsPages(MetricsAccess access) {
    return Map.of(
        "/metrics",
        request -> {
          MetricsAccess.Answer answer = access.check(request.authorization());
          return answer == MetricsAccess.Answer.ALLOWED ? metrics(request) : answer.content();
        });
  }

  private Content ready() {
    List<String> lines = new ArrayList<>(List.of("ok"));
    lines.addAll(details.get());
    return Content.line(200, String.join("\n", lines));
  }

  private Content alive() {
    return switch (liveness.get()) {
      case Liveness.Alive alive -> Content.line(200, "ok");
      case Liveness.Dead dead -> Content.line(503, dead.reason());
    };
  }

  private Content metrics(PageRequest request) {
    return request.accept().contains(OPEN_METRICS) ? openMetrics.page() : text.page();
  }

  private Timer waits(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(WAITS)
        .register(meters);
  }
}
