package dev.acktask.operator;

import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.config.Setting;
import dev.acktask.operator.health.ProbeState;
import dev.acktask.operator.kubernetes.KubernetesClients;
import dev.acktask.operator.management.ConnectionLimits;
import dev.acktask.operator.management.ManagementServer;
import dev.acktask.operator.management.ManagementServer.Port;
import dev.acktask.operator.management.ManagementServer.PortTakenException;
import dev.acktask.operator.management.MetricsAccess;
import dev.acktask.operator.management.MetricsHandler;
import dev.acktask.operator.management.ProbeHandlers;
import dev.acktask.operator.management.TokenAccess;
import dev.acktask.operator.management.TokenReviewer;
import dev.acktask.operator.metrics.MicrometerOperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the health port and the metrics port. */
final class ManagementPorts {
  private static final Logger log = LoggerFactory.getLogger(ManagementPorts.class);

  /** A scrape needs at most two reviews, and Prometheus waits ten seconds for it. */
  private static final Duration REVIEW_TIMEOUT = Duration.ofSeconds(3);

  private ManagementPorts() {}

  /**
   * Opened first, so that probes distinguish a slow start from a dead process.
   *
   * @throws IllegalStateException if a port is taken; the message names the setting
   */
  static void open(OperatorConfig config, ProbeState state, MicrometerOperatorMetrics meters) {
    String metrics = Setting.MANAGEMENT_PORT.variable();
    String health = Setting.HEALTH_PORT.variable();
    try {
      ManagementServer server =
          new ManagementServer(
              new Port(
                  health,
                  config.lifecycle().healthPort(),
                  ConnectionLimits.HEALTH,
                  ProbeHandlers.of(state),
                  true),
              new Port(
                  metrics,
                  config.metrics().port(),
                  ConnectionLimits.METRICS,
                  new MetricsHandler(meters::scrape, access(config)).byPath(),
                  false));
      log.atInfo()
          .addKeyValue("port", server.port(metrics))
          .addKeyValue("health", server.port(health))
          .log("Metrics and health are served");
    } catch (PortTakenException taken) {
      throw new IllegalStateException(taken.getMessage(), taken);
    }
  }

  private static MetricsAccess access(OperatorConfig config) {
    if (!config.metrics().authentication()) {
      return MetricsAccess.OPEN;
    }
    CompletableFuture<KubernetesClient> client =
        CompletableFuture.supplyAsync(
            () -> KubernetesClients.forTokenReviews(REVIEW_TIMEOUT),
            task -> Thread.ofPlatform().daemon().name("token-review-connect").start(task));
    return new TokenAccess(new TokenReviewer(client::join), System::nanoTime);
  }
}
