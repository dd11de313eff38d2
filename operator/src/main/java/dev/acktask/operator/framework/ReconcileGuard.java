package dev.acktask.operator.framework;

import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.metrics.OperatorMetrics;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the reconciles of all kinds. Turns each failure, also an Error, into an exception that the
 * framework retries, and logs it once. Registers each reconcile with the {@link ReconcileTracker}.
 */
public final class ReconcileGuard {
  private static final Logger log = LoggerFactory.getLogger(ReconcileGuard.class);

  private final ReconcileTracker tracker;
  private final OperatorMetrics metrics;
  private final Runnable exit;

  /**
   * @param exit ends the process at once; called after an OutOfMemoryError
   */
  public ReconcileGuard(ReconcileTracker tracker, OperatorMetrics metrics, Runnable exit) {
    this.tracker = tracker;
    this.metrics = metrics;
    this.exit = exit;
  }

  /** A failed reconcile, which is retried. It is logged already. */
  public static final class ReconcileFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReconcileFailure(Throwable cause) {
      super(cause.getClass().getSimpleName(), cause);
    }
  }

  /**
   * Runs {@code reconcile}, which writes by itself.
   *
   * @param reconcile returns the delay until the next reconcile; empty if no timer is needed
   * @throws ReconcileFailure and nothing else: the framework would lose an object after an Error
   */
  public <R extends HasMetadata> UpdateControl<R> run(
      R object, Context<R> context, Function<R, Optional<Duration>> reconcile) {
    String uid = object.getMetadata().getUid();
    UpdateControl<R> control = UpdateControl.noUpdate();
    tracker.started(uid);
    try {
      return reconcile.apply(object).map(control::rescheduleAfter).orElse(control);
    } catch (Throwable failure) {
      throw recordFailure(
          failure, context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0));
    } finally {
      tracker.finished(uid);
    }
  }

  private ReconcileFailure recordFailure(Throwable failure, int retries) {
    if (failure instanceof OutOfMemoryError) {
      exit.run();
    }
    metrics.reconcileFailed();
    if (failure instanceof KubernetesClientException refused) {
      log.atWarn()
          .addKeyValue("code", refused.getCode())
          .addKeyValue("failures", retries + 1)
          .log(
              refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                  ? "Kubernetes API refused, RbacDenied: check the operator's role"
                  : "Kubernetes API refused or did not answer");
      log.debug("Kubernetes API failure", refused);
    } else {
      log.atError()
          .setCause(failure)
          .addKeyValue("failures", retries + 1)
          .log("Unexpected failure; the reconcile is retried");
    }
    return new ReconcileFailure(failure);
  }
}
