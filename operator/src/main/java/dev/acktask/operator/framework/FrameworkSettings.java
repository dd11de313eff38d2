package dev.acktask.operator.framework;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/** The settings of the framework that all controllers share. */
public final class FrameworkSettings {
  /** Each object is reconciled at least this often, in case an event or a timer was lost. */
  public static final Duration RESYNC_INTERVAL = Duration.ofMinutes(10);

  /** Objects per page when an informer lists, so that no single answer takes long. */
  public static final long LIST_PAGE_SIZE = 500;

  /**
   * Longest wait for the first list and watch; the client itself would wait indefinitely. 60,000
   * objects take half a minute on two cores (docs/benchmarks.md). A shorter timeout would end such
   * an operator again after each restart.
   */
  private static final Duration CACHE_SYNC_TIMEOUT = Duration.ofMinutes(10);

  /** Reconciles do not change cached objects, so no copies are needed. */
  private static final Cloner NO_COPY =
      new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R object) {
          return object;
        }
      };

  private FrameworkSettings() {}

  /**
   * An operator without controllers.
   *
   * @param workers runs the reconciles; must never reject one
   * @param metrics of the framework
   * @param exit ends the process at once
   */
  public static Operator operator(
      KubernetesClient client, ExecutorService workers, Metrics metrics, Runnable exit) {
    return new Operator(
        overrider ->
            overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(workers)
                .withResourceCloner(NO_COPY)
                .withMetrics(metrics)
                .withCacheSyncTimeout(CACHE_SYNC_TIMEOUT)
                .withReconciliationTerminationTimeout(Duration.ofSeconds(10))
                .withInformerStoppedHandler(
                    (informer, cause) -> {
                      if (cause != null) { // null: it was stopped in order
                        exit.run();
                      }
                    }));
  }
}
