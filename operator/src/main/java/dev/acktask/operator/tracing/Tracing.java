package dev.acktask.operator.tracing;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.tls.TrustedAuthorities;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exports a trace of each finished task. Never blocks and never throws. */
public interface Tracing extends AutoCloseable {
  /** Exports the trace of {@code task}; called after its final {@code status} was written. */
  void finished(AckTask task, AckTaskStatus status);

  /** Sends queued traces, for at most a few seconds. */
  @Override
  void close();

  /**
   * Tracing as configured by the {@code OTEL_*} variables in {@code environment}, through the proxy
   * that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} select for the collector.
   * Without traces it does nothing and loads no OpenTelemetry class.
   *
   * @param zone time zone of the times of stages; null omits the stages
   * @param authorities certificate authorities trusted for the collector, unless an {@code OTEL_*}
   *     variable names certificates
   * @throws IllegalStateException with a one-line message if a variable is invalid
   */
  static Tracing fromEnvironment(
      Map<String, String> environment,
      @Nullable ZoneId zone,
      TrustedAuthorities authorities,
      String version) {
    TracingEnvironment settings = new TracingEnvironment(environment);
    if (!settings.problems().isEmpty()) {
      throw new IllegalStateException(String.join(" ", settings.problems()));
    }
    return settings.isTracingEnabled()
        ? new OtlpTracing(
            settings.properties(),
            ProxyPolicy.orDirect(environment),
            zone == null ? null : new StageTimeParser(zone),
            settings.namesCertificates() ? TrustedAuthorities.ofJdk() : authorities,
            version)
        : new NoTracing();
  }

  /** Exports nothing. */
  final class NoTracing implements Tracing {
    @Override
    public void finished(AckTask task, AckTaskStatus status) {}

    @Override
    public void close() {}
  }
}
