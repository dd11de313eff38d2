package dev.acktask.operator.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Result of one poll.
 *
 * <p>After any result but {@link Found}, {@link Unchanged} and a lasting {@link NotFound} the
 * verdict stays, the cause is reported and the task is polled again. {@code message} is
 * human-readable and bounded; it holds no credentials and no unparsed parts of an answer.
 */
public sealed interface TaskLookup {
  /** No answer about a task: the cause concerns the call, and the next one may succeed. */
  sealed interface NoAnswer extends TaskLookup {
    /** Human-readable and bounded. */
    String message();

    /** Id of the request, for the cloud's support; null when unknown. */
    @Nullable String requestId();
  }

  /**
   * A complete answer for the requested task.
   *
   * @param requestId id of the request, for the cloud's support
   * @param digest of the answer that {@code task} was parsed from; null when unknown
   */
  record Found(TaskInfo task, @Nullable String requestId, @Nullable AnswerDigest digest)
      implements TaskLookup {
    /** A result without a digest. */
    public Found(TaskInfo task, @Nullable String requestId) {
      this(task, requestId, null);
    }
  }

  /** The answer has the digest of the last one: nothing changed, and nothing was parsed. */
  record Unchanged() implements TaskLookup {}

  /** The cloud does not know the task; a new task may not be readable at once. */
  record NotFound(String message, @Nullable String requestId) implements TaskLookup {}

  /**
   * The account has reached its rate limit.
   *
   * @param retryAfter requested wait, clamped to a valid range; null when absent
   */
  record Throttled(String message, @Nullable Duration retryAfter, @Nullable String requestId)
      implements NoAnswer {}

  /**
   * The request was refused, or could not be made for a cause that the operator knows beforehand;
   * usually requires manual action.
   */
  record Rejected(Refusal cause, String message, @Nullable String requestId) implements NoAnswer {

    public enum Refusal {
      UNAUTHORIZED,
      FORBIDDEN,
      CLOCK_SKEW,
      INVALID_REQUEST,
      CREDENTIALS_MISSING,
      CREDENTIALS_INVALID,
      /** STS issues no session of the role. */
      ROLE_NOT_ASSUMABLE,
      /** The connection does not allow the cluster, or that of the task. */
      CLUSTER_NOT_ALLOWED,
      CONNECTION_NOT_FOUND,
      /** The connection does not allow the namespace of the object. */
      CONNECTION_NOT_ALLOWED,
      CONNECTION_INVALID,
      CONNECTION_SUSPENDED;

      /** True if the credential is the cause, so that it concerns all tasks alike. */
      public boolean isOfCredential() {
        return switch (this) {
          case UNAUTHORIZED, CREDENTIALS_MISSING, CREDENTIALS_INVALID, ROLE_NOT_ASSUMABLE -> true;
          default -> false;
        };
      }
    }
  }

  /** No usable answer. */
  record Unavailable(Failure cause, String message, @Nullable String requestId)
      implements NoAnswer {

    public enum Failure {
      API_UNAVAILABLE,
      TLS_ERROR,
      RESPONSE_INVALID,
      RESPONSE_TOO_LARGE,
      TASK_ID_MISMATCH
    }
  }
}
