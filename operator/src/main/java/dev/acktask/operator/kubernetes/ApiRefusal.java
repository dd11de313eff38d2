package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** How the API server itself refuses a request for one object. */
enum ApiRefusal {
  NOT_FOUND,
  FORBIDDEN,
  /** No answer, or none of the API server: a proxy answers 403 and 404 as well. */
  NONE;

  private static final int MAX_CAUSE_DEPTH = 16;

  /**
   * Classifies the exception of a request by the reason in the {@code Status} of the answer. Its
   * text is not used: it may quote the answer.
   */
  static ApiRefusal of(RuntimeException failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSE_DEPTH; depth++) {
      if (cause instanceof KubernetesClientException refused) {
        return of(refused.getStatus());
      }
      cause = cause.getCause();
    }
    return NONE;
  }

  private static ApiRefusal of(@Nullable Status status) {
    String reason = status == null ? null : status.getReason();
    if (reason == null) {
      return NONE;
    }
    return switch (reason) {
      case "NotFound" -> NOT_FOUND;
      case "Forbidden" -> FORBIDDEN;
      default -> NONE;
    };
  }
}
