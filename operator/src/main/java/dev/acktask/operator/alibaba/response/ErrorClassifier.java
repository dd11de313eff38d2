package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskRef;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Maps an answer that is not a task to a {@link TaskLookup} with a message for the administrator.
 * The messages are fixed: text of the cloud may quote keys or parameters and is never passed on,
 * except a well-formed error code.
 */
public final class ErrorClassifier {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final RetryAfter retryAfter;

  ErrorClassifier(InstantSource clock) {
    this.retryAfter = new RetryAfter(clock);
  }

  /**
   * Classifies an answer.
   *
   * @param error null if the body is not an error object
   * @param asked the polled task
   */
  TaskLookup classify(
      int status,
      HttpFields headers,
      @Nullable ErrorBody error,
      @Nullable String requestId,
      TaskRef asked) {
    ErrorKind kind = ErrorKind.of(status, error, asked.taskId());
    String message = kind.sentence(codeAndStatus(status, error));
    return isMissing(kind)
        ? new NotFound(message, requestId)
        : noAnswer(kind, message, headers, requestId);
  }

  /**
   * Classifies an answer that is not a list.
   *
   * @param error null if the body is not an error object
   * @param subject what was to be listed
   */
  NoAnswer classify(
      int status,
      HttpFields headers,
      @Nullable ErrorBody error,
      @Nullable String requestId,
      ListSubject subject) {
    ErrorKind kind = ErrorKind.of(status, error, null);
    String answer = codeAndStatus(status, error);
    if (isMissing(kind)) {
      return new Rejected(Refusal.INVALID_REQUEST, subject.notFound(answer), requestId);
    }
    String message =
        kind == ErrorKind.FORBIDDEN ? subject.forbidden(answer) : kind.sentence(answer);
    return noAnswer(kind, message, headers, requestId);
  }

  private static boolean isMissing(ErrorKind kind) {
    return kind == ErrorKind.NOT_FOUND || kind == ErrorKind.PARENT_NOT_FOUND;
  }

  private NoAnswer noAnswer(
      ErrorKind kind, String message, HttpFields headers, @Nullable String requestId) {
    return switch (kind) {
      case THROTTLED -> new Throttled(message, retryAfter.from(headers).orElse(null), requestId);
      case UNKNOWN_KEY, WRONG_SIGNATURE, EXPIRED_TOKEN, MISSING_TOKEN, UNAUTHORIZED ->
          new Rejected(Refusal.UNAUTHORIZED, message, requestId);
      case FORBIDDEN -> new Rejected(Refusal.FORBIDDEN, message, requestId);
      case CLOCK_SKEW -> new Rejected(Refusal.CLOCK_SKEW, message, requestId);
      case NOT_FOUND, PARENT_NOT_FOUND, INVALID_REQUEST, UNKNOWN_CODE ->
          new Rejected(Refusal.INVALID_REQUEST, message, requestId);
      case UNAVAILABLE -> new Unavailable(Failure.API_UNAVAILABLE, message, requestId);
      case REDIRECTED, NOT_THE_API -> new Unavailable(Failure.RESPONSE_INVALID, message, requestId);
    };
  }

  /** The code, if well-formed, and the status: {@code Throttling.User, HTTP 400}. */
  private static String codeAndStatus(int status, @Nullable ErrorBody error) {
    String http = "HTTP " + status;
    return error != null && CODE.matcher(error.code()).matches()
        ? error.code() + ", " + http
        : http;
  }
}
