package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the operator itself fails on an object: the API server does not answer, a write
 * is refused, a defect. It is said once per failure and tried again for ever, ever more slowly.
 */
final class Stumble {
  private static final Logger log = LoggerFactory.getLogger(Stumble.class);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration CAP = Duration.ofMinutes(5);
  private static final int DOUBLINGS = 9;

  private final Agenda agenda;
  private final Runnable exit;
  private final DoubleSupplier random;
  private final Runnable failed;

  /**
   * @param exit ends the process at once: after an OutOfMemoryError nothing in it can be trusted
   * @param failed is told of each failure
   * @param random draws from 0 to 1, so that many objects do not come back at the same moment
   */
  Stumble(Agenda agenda, Runnable exit, DoubleSupplier random, Runnable failed) {
    this.agenda = agenda;
    this.exit = exit;
    this.random = random;
    this.failed = failed;
  }

  /** Reports {@code failure} and returns when to try again. */
  Duration over(AckTask task, Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      exit.run();
    }
    failed.run();
    String uid = task.getMetadata().getUid();
    int doublings = Math.min(agenda.stumbles(uid), DOUBLINGS);
    Duration ceiling = FIRST.multipliedBy(1L << doublings);
    Duration bounded = ceiling.compareTo(CAP) < 0 ? ceiling : CAP;
    Duration wait = bounded.multipliedBy(50 + (long) (50 * random.getAsDouble())).dividedBy(100);
    int inARow = agenda.stumbled(uid, wait);
    report(failure, inARow, wait);
    return wait;
  }

  private static void report(Throwable failure, int inARow, Duration wait) {
    if (failure instanceof KubernetesClientException refused) {
      log.atWarn()
          .addKeyValue("code", refused.getCode())
          .addKeyValue("inARow", inARow)
          .addKeyValue("retryInMs", wait.toMillis())
          .log(
              refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                  ? "Kubernetes API refused, RbacDenied: check the operator's role"
                  : "Kubernetes API refused or did not answer");
      log.debug("Kubernetes API failure", refused);
    } else {
      log.atError()
          .setCause(failure)
          .addKeyValue("inARow", inARow)
          .addKeyValue("retryInMs", wait.toMillis())
          .log("Unexpected failure, the object is tried again");
    }
  }
}
