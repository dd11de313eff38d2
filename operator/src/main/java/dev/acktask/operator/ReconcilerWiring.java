package dev.acktask.operator;

import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.controller.AckTaskReconciler;
import dev.acktask.operator.controller.AckTaskStore;
import dev.acktask.operator.controller.Agenda;
import dev.acktask.operator.controller.ConcurrencyLimiter;
import dev.acktask.operator.controller.FailureBackoff;
import dev.acktask.operator.controller.GuardedReconciler;
import dev.acktask.operator.controller.KubernetesAckTaskStore;
import dev.acktask.operator.controller.KubernetesEventRecorder;
import dev.acktask.operator.controller.StatusWriter;
import dev.acktask.operator.controller.TtlCollector;
import dev.acktask.operator.controller.Turns;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.text.Redaction;
import dev.acktask.operator.tracing.Tracing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * The part of the composition root that wires the reconciler.
 *
 * @param isLeader false once another replica may be the leader
 * @param isShuttingDown true once the process ends
 * @param exit ends the process at once
 */
record ReconcilerWiring(
    OperatorConfig config,
    KubernetesClient client,
    OperatorMetrics metrics,
    BooleanSupplier isLeader,
    BooleanSupplier isShuttingDown,
    Runnable exit) {
  GuardedReconciler reconciler(
      TaskClient cloud, PollSchedule schedule, Tracing tracing, ReconcileTracker reconciles) {
    AckTaskStore store = new KubernetesAckTaskStore(client);
    Agenda agenda = new Agenda(System::nanoTime);
    AckTaskReconciler reconciler =
        new AckTaskReconciler(
            new TaskEvaluator(schedule, new Redaction(config.mirroring().redactKeys())),
            statusWriter(store, tracing),
            new TtlCollector(store, isLeader),
            new Turns(agenda, schedule, connection(cloud), Clock.systemUTC()),
            Clock.systemUTC(),
            isShuttingDown);
    return new GuardedReconciler(
        reconciler,
        new FailureBackoff(agenda, exit, () -> ThreadLocalRandom.current().nextDouble(), metrics),
        reconciles);
  }

  private StatusWriter statusWriter(AckTaskStore store, Tracing tracing) {
    return new StatusWriter(
        store,
        new KubernetesEventRecorder(
            client,
            KubernetesEventRecorder.executor(),
            BuildInfo.instance(),
            Clock.systemUTC(),
            metrics),
        tracing::finished,
        isLeader,
        ConcurrencyLimiter.ofStatusWrites(),
        System::nanoTime);
  }

  private Connection connection(TaskClient cloud) {
    return new Connection(
        cloud,
        new RequestBudget(
            config.connection().requestsPerMinute(),
            config.connection().requestBurst(),
            System::nanoTime),
        metrics);
  }
}
