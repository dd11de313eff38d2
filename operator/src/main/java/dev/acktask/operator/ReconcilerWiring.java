package dev.acktask.operator;

import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.controller.AckTaskReconciler;
import dev.acktask.operator.controller.AckTaskStore;
import dev.acktask.operator.controller.ConcurrencyLimiter;
import dev.acktask.operator.controller.GuardedReconciler;
import dev.acktask.operator.controller.KubernetesAckTaskStore;
import dev.acktask.operator.controller.KubernetesEventRecorder;
import dev.acktask.operator.controller.StatusWriter;
import dev.acktask.operator.controller.TtlCollector;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.polling.ObservationCache;
import dev.acktask.operator.polling.PollContext;
import dev.acktask.operator.polling.PollExecution;
import dev.acktask.operator.polling.TaskPoller;
import dev.acktask.operator.text.Redaction;
import dev.acktask.operator.tracing.Tracing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * The part of the composition root that wires poller and reconciler.
 *
 * @param isLeader false once another replica may be the leader
 * @param exit ends the process at once
 */
record ReconcilerWiring(
    OperatorConfig config,
    KubernetesClient client,
    OperatorMetrics metrics,
    PollSchedule schedule,
    BooleanSupplier isLeader,
    Runnable exit) {
  /** Part of the heap for observations that are not in a status yet. */
  private static final int OBSERVATIONS = 8;

  TaskPoller poller(ConnectionResolver connections) {
    return new TaskPoller(
        connections,
        new PollContext(
            schedule,
            new ObservationCache(Runtime.getRuntime().maxMemory() / OBSERVATIONS),
            Clock.systemUTC(),
            System::nanoTime),
        new PollExecution(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("poll-", 1).factory()),
            config.calls().maxConcurrent(),
            metrics,
            exit));
  }

  GuardedReconciler reconciler(TaskPoller poller, Tracing tracing, ReconcileTracker reconciles) {
    AckTaskStore store = new KubernetesAckTaskStore(client);
    AckTaskReconciler reconciler =
        new AckTaskReconciler(
            new TaskEvaluator(schedule, new Redaction(config.mirroring().redactKeys())),
            statusWriter(store, tracing),
            new TtlCollector(store, isLeader),
            poller,
            Clock.systemUTC());
    return new GuardedReconciler(reconciler, poller, reconciles, metrics, exit);
  }

  private StatusWriter statusWriter(AckTaskStore store, Tracing tracing) {
    return new StatusWriter(
        store,
        KubernetesEventRecorder.of(client, BuildInfo.instance(), Clock.systemUTC(), metrics),
        tracing::finished,
        isLeader,
        ConcurrencyLimiter.ofStatusWrites(),
        System::nanoTime);
  }
}
