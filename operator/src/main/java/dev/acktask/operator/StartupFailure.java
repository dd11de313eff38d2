package dev.acktask.operator;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import dev.acktask.operator.kubernetes.KubernetesClients;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Explains in one line why the operator did not start, and the fix. */
public final class StartupFailure {
  private StartupFailure() {}

  /** One line for the log. May block for some seconds to check the proxy of the API server. */
  public static String explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refused) {
        return refused.getCode() > 0 ? explainResponse(refused) : explainMissingResponse(refused);
      }
      if (cause instanceof TimeoutException) {
        return "the API server did not list and watch AckTasks in time; check the proxies and"
            + " firewalls between it and the operator.";
      }
    }
    Throwable reported =
        failure instanceof CompletionException
            ? Objects.requireNonNullElse(failure.getCause(), failure)
            : failure;
    return reported instanceof Error ? reported.toString() : String.valueOf(reported.getMessage());
  }

  private static String explainMissingResponse(KubernetesClientException noAnswer) {
    return KubernetesClients.proxyRefusal()
        .map(refusal -> "the API server was not reached. " + refusal)
        .orElseGet(() -> explainResponse(noAnswer));
  }

  private static String explainResponse(KubernetesClientException refused) {
    return KubernetesClients.failure().orElseGet(() -> ApiServerFailure.of(refused)).text() + ".";
  }
}
