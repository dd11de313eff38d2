package dev.acktask.operator.tracing;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.proxy.ProxyPolicy;
import dev.acktask.operator.tls.TrustedAuthorities;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a trace of each task that finishes; neither blocks nor throws. */
public interface Tracing extends AutoCloseable {
  /** To be called when {@code status}, a final one, has just been written. */
  void finished(AckTask task, AckTaskStatus status);

  /** Sends what waits, for a few seconds at most. */
  @Override
  void close();

  /**
   * What the {@code OTEL_*} variables in {@code environment} ask for, through the proxy that {@code
   * HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name for the collector; it does nothing,
   * and loads nothing of OpenTelemetry, where they ask for no traces.
   *
   * @param zone of the times of stages; null leaves the stages out
   * @param authorities that may vouch for the collector, unless an {@code OTEL_*} variable names
   *     certificates
   * @throws IllegalStateException with one line, when a variable is not understood
   */
  static Tracing fromEnvironment(
      Map<String, String> environment,
      String region,
      @Nullable ZoneId zone,
      TrustedAuthorities authorities,
      String version) {
    TracingEnvironment asked = new TracingEnvironment(environment);
    if (!asked.problems().isEmpty()) {
      throw new IllegalStateException(String.join(" ", asked.problems()));
    }
    return asked.asksForTraces()
        ? new OtlpTracing(
            asked.properties(),
            ProxyPolicy.orDirect(environment),
            region,
            zone == null ? null : new StageTimes(zone),
            asked.namesCertificates() ? TrustedAuthorities.ofJdk() : authorities,
            version)
        : new NoTracing();
  }

  /** For an operator whose traces nobody wants. */
  final class NoTracing implements Tracing {
    @Override
    public void finished(AckTask task, AckTaskStatus status) {}

    @Override
    public void close() {}
  }
}
