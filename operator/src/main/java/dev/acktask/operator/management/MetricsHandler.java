package dev.acktask.operator.management;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Handles {@code /metrics}: the metrics in the Prometheus text format, or in OpenMetrics if the
 * client accepts it.
 */
public final class MetricsHandler implements HttpHandler {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();
  private static final String OPEN_METRICS = "application/openmetrics-text";

  private final MetricsAccess access;
  private final RenderedMetrics text;
  private final RenderedMetrics openMetrics;

  /**
   * @param scrape collects the current values of all series
   * @param access authorizes each request
   */
  public MetricsHandler(Supplier<MetricSnapshots> scrape, MetricsAccess access) {
    this.access = access;
    this.text =
        new RenderedMetrics(FORMATS.getPrometheusTextFormatWriter(), scrape, System::nanoTime);
    this.openMetrics =
        new RenderedMetrics(FORMATS.getOpenMetricsTextFormatWriter(), scrape, System::nanoTime);
  }

  /** The handler of the metrics port, by path. */
  public Map<String, HttpHandler> byPath() {
    return Map.of("/metrics", this);
  }

  @Override
  public HandlerResponse get(RequestHeaders request) {
    MetricsAccess.Answer answer = access.check(request.authorization());
    if (answer != MetricsAccess.Answer.ALLOWED) {
      return answer.content();
    }
    return request.accept().contains(OPEN_METRICS) ? openMetrics.page() : text.page();
  }
}
