package dev.acktask.operator;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Says in one line why the operator did not start and what to do about it. */
final class StartFailure {
  private StartFailure() {}

  /** One line for the log; may ask the proxy before the API server, for some seconds. */
  static String explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refused) {
        return refused.getCode() > 0 ? answered(refused) : proxied(refused);
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

  private static String proxied(KubernetesClientException noAnswer) {
    return KubernetesAccess.proxyRefusal()
        .map(refusal -> "the API server was not reached. " + refusal)
        .orElseGet(() -> answered(noAnswer));
  }

  private static String answered(KubernetesClientException refused) {
    return KubernetesAccess.failure().orElseGet(() -> ApiServerFailure.of(refused)).text() + ".";
  }
}
