package dev.acktask.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Says in one line why the operator did not start and what to do about it. */
final class StartFailure {
  private StartFailure() {}

  static String explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refused) {
        return explain(refused);
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

  private static String explain(KubernetesClientException refused) {
    return switch (refused.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          "the API server does not know AckTask; install the CRD with `kubectl apply -f crds/`.";
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          "the API server does not accept this identity; check the kube context or the token.";
      case HttpURLConnection.HTTP_FORBIDDEN ->
          "the API server forbids listing or watching AckTasks; check the operator's role.";
      default ->
          "the API server did not answer as expected (code "
              + refused.getCode()
              + "); check the kube context and that the server is up.";
    };
  }
}
