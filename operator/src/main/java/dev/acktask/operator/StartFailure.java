package dev.acktask.operator;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Says in one line why the operator did not start and what to do about it. */
final class StartFailure {
  private StartFailure() {}

  static String explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refused) {
        return KubernetesAccess.failure().orElseGet(() -> ApiServerFailure.of(refused)).text()
            + ".";
      }
      if (cause instanceof TimeoutException) {
        return "the API server did not list and watch AckTasks in time; check what stands between"
            + " it and the operator.";
      }
    }
    Throwable said =
        failure instanceof CompletionException
            ? Objects.requireNonNullElse(failure.getCause(), failure)
            : failure;
    return said instanceof Error ? said.toString() : String.valueOf(said.getMessage());
  }
}
