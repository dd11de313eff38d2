package dev.acktask.operator;

import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.config.Setting;
import dev.acktask.operator.management.ConnectionLimits;
import dev.acktask.operator.management.Management;
import dev.acktask.operator.management.ManagementServer;
import dev.acktask.operator.management.ManagementServer.Port;
import dev.acktask.operator.management.ManagementServer.PortTakenException;
import dev.acktask.operator.management.MetricsAccess;
import dev.acktask.operator.management.TokenAccess;
import dev.acktask.operator.management.TokenReviewer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ports of health and metrics. */
final class ManagementPorts {
  private static final Logger log = LoggerFactory.getLogger(ManagementPorts.class);

  /** A scrape waits for two calls at most, and its client for ten seconds. */
  private static final Duration REVIEW_TIMEOUT = Duration.ofSeconds(3);

  private ManagementPorts() {}

  /**
   * Serves from the first moment, so that a slow start differs from a dead process.
   *
   * @throws IllegalStateException when a port is taken; it names the setting
   */
  static void open(OperatorConfig config, Management management) {
    String metrics = Setting.MANAGEMENT_PORT.variable();
    String health = Setting.HEALTH_PORT.variable();
    try {
      ManagementServer server =
          new ManagementServer(
              new Port(
                  health,
                  config.healthPort(),
                  ConnectionLimits.HEALTH,
                  management.healthPages(),
                  true),
              new Port(
                  metrics,
                  config.managementPort(),
                  ConnectionLimits.METRICS,
                  management.metricsPages(access(config)),
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
    if (!config.metricsAuthentication()) {
      return MetricsAccess.OPEN;
    }
    CompletableFuture<KubernetesClient> client =
        CompletableFuture.supplyAsync(() -> KubernetesAccess.client(REVIEW_TIMEOUT));
    return new TokenAccess(new TokenReviewer(client::join), System::nanoTime);
  }
}
