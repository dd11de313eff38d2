package dev.acktask.operator.tracing;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.proxy.HttpProxy;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.tls.TrustedAuthorities;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports spans through the batch processor of the SDK, whose queue is bounded and drops excess
 * spans.
 */
final class OtlpTracing implements Tracing {
  private static final Logger log = LoggerFactory.getLogger(OtlpTracing.class);
  private static final String SERVICE = "acktask-operator";
  private static final String UNKNOWN_SERVICE = "unknown_service";
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> SERVICE_VERSION =
      AttributeKey.stringKey("service.version");
  private static final AttributeKey<Long> STAGE_NUMBER =
      AttributeKey.longKey("acktask.stage_number");

  /**
   * Maximum time to send queued spans at shutdown, so that a collector outage does not delay it.
   */
  private static final int FLUSH_TIMEOUT_SECONDS = 3;

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final @Nullable StageTimeParser times;

  /**
   * @param properties properties of the SDK
   * @param proxies proxy policy for the collector
   * @param times parser for the times of stages that were not observed; null omits them
   * @param authorities certificate authorities trusted for the collector
   */
  OtlpTracing(
      Map<String, String> properties,
      ProxyPolicy proxies,
      @Nullable StageTimeParser times,
      TrustedAuthorities authorities,
      String version) {
    this.times = times;
    OpenTelemetryLogBridge.attach();
    this.sdk = sdk(properties, proxies, authorities, version);
    this.tracer = sdk.getTracer("dev.acktask.operator", version);
    log.atInfo()
        .addKeyValue("stageZone", times == null ? "none" : times.zone())
        .log("Traces of finished tasks are sent over OTLP");
  }

  @Override
  public void finished(AckTask task, AckTaskStatus status) {
    try {
      TaskTrace.of(task, status, times).ifPresent(this::record);
    } catch (RuntimeException unexpected) {
      log.atWarn()
          .addKeyValue("failure", unexpected.toString())
          .log("A finished task could not be traced");
      log.debug("The failure in full", unexpected);
    }
  }

  @Override
  public void close() {
    sdk.shutdown().join(FLUSH_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  private void record(TaskTrace trace) {
    Span task =
        tracer.spanBuilder(trace.name()).setNoParent().setStartTimestamp(trace.start()).startSpan();
    trace.attributes().forEach(task::setAttribute);
    if (trace.error() != null) {
      task.setStatus(StatusCode.ERROR, trace.error());
    }
    Context inTask = Context.root().with(task);
    trace.stages().forEach(stage -> record(stage, inTask));
    task.end(trace.end());
  }

  private void record(TaskTrace.Stage stage, Context inTask) {
    Span span =
        tracer
            .spanBuilder(stage.name())
            .setParent(inTask)
            .setStartTimestamp(stage.start())
            .setAttribute(STAGE_NUMBER, (long) stage.number())
            .startSpan();
    if (stage.failed()) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(stage.end());
  }

  private static OpenTelemetrySdk sdk(
      Map<String, String> properties,
      ProxyPolicy proxies,
      TrustedAuthorities authorities,
      String version) {
    try {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .disableShutdownHook()
          .addPropertiesCustomizer(ignored -> properties)
          .addSpanExporterCustomizer(
              (exporter, ignored) ->
                  exporter instanceof OtlpHttpSpanExporter http
                      ? configure(http, properties, proxies, authorities)
                      : exporter)
          .addResourceCustomizer((resource, ignored) -> withServiceName(resource, version))
          .build()
          .getOpenTelemetrySdk();
    } catch (ConfigurationException wrong) {
      throw new IllegalStateException(
          "an OTEL_* variable cannot be used (" + describe(wrong) + "); see docs/tracing.md.");
    }
  }

  private static SpanExporter configure(
      OtlpHttpSpanExporter exporter,
      Map<String, String> properties,
      ProxyPolicy proxies,
      TrustedAuthorities authorities) {
    OtlpHttpSpanExporterBuilder builder =
        exporter.toBuilder().setProxy(ProxyOptions.create(proxies.selector()));
    authorities
        .additional()
        .ifPresent(tls -> builder.setSslContext(tls.context(), tls.trustManager()));
    TracingEnvironment.endpoint(properties)
        .flatMap(proxies::forTarget)
        .flatMap(HttpProxy::authorization)
        .ifPresent(value -> builder.addHeader("Proxy-Authorization", value));
    return builder.build();
  }

  private static Resource withServiceName(Resource resource, String version) {
    String name = resource.getAttribute(SERVICE_NAME);
    Resource own = Resource.create(Attributes.of(SERVICE_VERSION, version));
    Resource described = own.merge(resource);
    return name == null || name.startsWith(UNKNOWN_SERVICE)
        ? described.merge(Resource.create(Attributes.of(SERVICE_NAME, SERVICE)))
        : described;
  }

  /** Message of {@code failure} and of its root cause; one of them names the mistake. */
  private static String describe(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return failure.getCause() == null
        ? String.valueOf(failure.getMessage())
        : failure.getMessage() + ": " + cause.getMessage();
  }
}
