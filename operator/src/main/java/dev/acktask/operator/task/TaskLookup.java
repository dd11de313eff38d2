package dev.acktask.operator.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking the cloud for one task. All of these are expected; none is an exception.
 *
 * <p>Only {@link Found} can change a verdict. Everything else is a hold: the cause is said and the
 * task is asked for again. {@code message} is for people: bounded, without credentials and without
 * unparsed parts of an answer.
 */
public sealed interface TaskLookup extends TaskNews {
  /**
   * A complete answer for the task that was asked for.
   *
   * @param requestId the cloud's id of this request, for its support
   * @param fingerprint of the answer that {@code task} was read from; null when it is not known
   */
  record Found(TaskInfo task, @Nullable String requestId, @Nullable Fingerprint fingerprint)
      implements TaskLookup {
    /** An answer that later ones are not compared with. */
    public Found(TaskInfo task, @Nullable String requestId) {
      this(task, requestId, null);
    }
  }

  /** The cloud says that it has no such task; a new one may not be readable at once. */
  record NotFound(String message, @Nullable String requestId) implements TaskLookup {}

  /**
   * The rate limit of the account is used up.
   *
   * @param retryAfter how long the cloud asks to wait, already clamped to a sane range; null when
   *     it did not say
   */
  record Throttled(String message, @Nullable Duration retryAfter, @Nullable String requestId)
      implements TaskLookup {}

  /** The request was refused, or could not be signed: a person has to act, or the clock. */
  record Rejected(Refusal cause, String message, @Nullable String requestId) implements TaskLookup {
    /** Why it was refused. */
    public enum Refusal {
      UNAUTHORIZED,
      FORBIDDEN,
      CLOCK_SKEW,
      INVALID_REQUEST,
      CREDENTIALS_MISSING,
      CREDENTIALS_INVALID
    }
  }

  /** No answer that can be trusted. */
  record Unavailable(Failure cause, String message, @Nullable String requestId)
      implements TaskLookup {
    /** What was wrong. */
    public enum Failure {
      API_UNAVAILABLE,
      TLS_ERROR,
      RESPONSE_INVALID,
      RESPONSE_TOO_LARGE,
      TASK_ID_MISMATCH
    }
  }
}
