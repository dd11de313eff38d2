package dev.acktask.operator.alibaba;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer other than a task means: the error code decides, then the message, then the HTTP
 * status. Sources: the vendor's CLI and SDK issues listed with each group; none of this is
 * documented for DescribeTaskInfo.
 */
enum ErrorKind {
  THROTTLED,
  UNKNOWN_KEY,
  WRONG_SIGNATURE,
  EXPIRED_TOKEN,
  UNAUTHORIZED,
  FORBIDDEN,
  CLOCK_SKEW,
  INVALID_REQUEST,
  NOT_FOUND,
  PARENT_NOT_FOUND,
  UNAVAILABLE,
  NOT_THE_API;

  private static final Set<String> TASK_NOT_FOUND = Set.of("ErrorTaskNotFound", "Task.NotFound");
  private static final Set<String> PARENT_GONE =
      Set.of("ErrorClusterNotFound", "ErrorNodePoolNotFound");
  private static final Set<String> DENIED =
      Set.of("StatusForbidden", "Forbidden.RAM", "NoPermission", "ErrorCheckAcl");

  /** Answered with code {@code "400"} by this API: aliyun/alibaba-cloud-sdk-go issue 476. */
  private static final Pattern NOT_FOUND_MESSAGE =
      Pattern.compile("\\btask\\b.{0,300}?\\bnot found\\b", Pattern.DOTALL);

  static ErrorKind of(int status, @Nullable ErrorBody error) {
    if (error == null) {
      return ofStatus(status);
    }
    return ofCode(error.code())
        .or(() -> ofMessage(status, error.message()))
        .orElseGet(() -> ofStatus(status, error.isFromProduct()));
  }

  private static Optional<ErrorKind> ofCode(String code) {
    if (code.contains("Throttling")) {
      return Optional.of(THROTTLED);
    }
    // Both come with status 404 and must not read as a task that does not exist:
    // aliyun/ack-set-context issue 2, certd issue 167.
    if (code.startsWith("InvalidAccessKeyId")) {
      return Optional.of(UNKNOWN_KEY);
    }
    if (code.startsWith("InvalidAction")) {
      return Optional.of(INVALID_REQUEST);
    }
    if (code.equals("SignatureDoesNotMatch")) {
      return Optional.of(WRONG_SIGNATURE);
    }
    if (code.startsWith("InvalidSecurityToken")) {
      return Optional.of(EXPIRED_TOKEN);
    }
    if (code.startsWith("InvalidTimeStamp") || code.equals("SignatureNonceUsed")) {
      return Optional.of(CLOCK_SKEW);
    }
    if (code.equals("ServiceUnavailable")) {
      return Optional.of(UNAVAILABLE);
    }
    if (DENIED.contains(code)) {
      return Optional.of(FORBIDDEN);
    }
    if (PARENT_GONE.contains(code)) {
      return Optional.of(PARENT_NOT_FOUND);
    }
    return TASK_NOT_FOUND.contains(code) ? Optional.of(NOT_FOUND) : Optional.empty();
  }

  private static Optional<ErrorKind> ofMessage(int status, @Nullable String message) {
    boolean isServerFailure = status >= 500;
    return message != null && !isServerFailure && NOT_FOUND_MESSAGE.matcher(start(message)).find()
        ? Optional.of(NOT_FOUND)
        : Optional.empty();
  }

  /** Where such a sentence is; a message may be megabytes long. */
  private static String start(String message) {
    return BoundedText.of(message, 1_000).toLowerCase(Locale.ROOT);
  }

  private static ErrorKind ofStatus(int status, boolean isFromProduct) {
    return status == 404 ? isFromProduct ? NOT_FOUND : INVALID_REQUEST : ofStatus(status);
  }

  private static ErrorKind ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_THE_API;
      case 429 -> THROTTLED;
      default ->
          status >= 500 && status < 600
              ? UNAVAILABLE
              : status >= 400 && status < 500 ? INVALID_REQUEST : NOT_THE_API;
    };
  }
}
