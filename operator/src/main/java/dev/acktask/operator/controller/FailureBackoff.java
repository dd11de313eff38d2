package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.backoff.ExponentialBackoff;
import dev.acktask.operator.metrics.OperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backoff after a failed reconcile: the API server does not answer, refuses a write, or the
 * operator has a defect. Each failure is logged once, and the reconcile is retried indefinitely.
 */
public final class FailureBackoff {
  private static final Logger log = LoggerFactory.getLogger(FailureBackoff.class);
  private static final ExponentialBackoff BACKOFF =
      new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.5);

  private final Agenda agenda;
  private final Runnable exit;
  private final DoubleSupplier random;
  private final OperatorMetrics metrics;

  /**
   * @param exit ends the process at once; called after an OutOfMemoryError
   * @param random uniform in [0, 1); spreads the retries of many objects
   */
  public FailureBackoff(
      Agenda agenda, Runnable exit, DoubleSupplier random, OperatorMetrics metrics) {
    this.agenda = agenda;
    this.exit = exit;
    this.random = random;
    this.metrics = metrics;
  }

  /** Logs {@code failure} and returns the wait before the retry. */
  Duration recordFailure(AckTask task, Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      exit.run();
    }
    metrics.reconcileFailed();
    String uid = task.getMetadata().getUid();
    Duration wait = BACKOFF.pause(agenda.failures(uid), random.getAsDouble());
    int failures = agenda.recordFailure(uid, wait);
    report(failure, failures, wait);
    return wait;
  }

  private static void report(Throwable failure, int failures, Duration wait) {
    if (failure instanceof KubernetesClientException refused) {
      log.atWarn()
          .addKeyValue("code", refused.getCode())
          .addKeyValue("failures", failures)
          .addKeyValue("retryInMs", wait.toMillis())
          .log(
              refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                  ? "Kubernetes API refused, RbacDenied: check the operator's role"
                  : "Kubernetes API refused or did not answer");
      log.debug("Kubernetes API failure", refused);
    } else {
      log.atError()
          .setCause(failure)
          .addKeyValue("failures", failures)
          .addKeyValue("retryInMs", wait.toMillis())
          .log("Unexpected failure; the reconcile is retried");
    }
  }
}
