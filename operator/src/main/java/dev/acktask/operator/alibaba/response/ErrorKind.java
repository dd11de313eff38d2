package dev.acktask.operator.alibaba.response;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of error answers. The error code decides ({@link ErrorCodes}), then the message, then
 * the HTTP status.
 */
enum ErrorKind {
  THROTTLED(
      "Alibaba Cloud is throttling this account (%s). The limit is shared with the console and"
          + " every other tool of the account; reading goes on by itself."),
  UNKNOWN_KEY(
      "Alibaba Cloud does not know the access key (%s). Check that it exists and is enabled, and"
          + " renew the connection's credentials."),
  WRONG_SIGNATURE(
      "Alibaba Cloud refused the signature (%s). The access key secret does not belong to the"
          + " access key id; check both in the connection's credentials."),
  EXPIRED_TOKEN(
      "Alibaba Cloud refused the security token (%s). It is expired or was not issued for this"
          + " access key; provide a new one, or use RRSA, which renews it by itself."),
  MISSING_TOKEN(
      "Alibaba Cloud expects a security token with this access key (%s). The key belongs to a"
          + " temporary session; provide the session's token next to it, or use RRSA."),
  UNAUTHORIZED(
      "Alibaba Cloud refused the credentials (%s). Check the connection's access key, or the role's"
          + " trust policy with RRSA."),
  FORBIDDEN(
      "Alibaba Cloud denies cs:DescribeTaskInfo to this identity (%s). Attach a RAM policy that"
          + " allows this action on resource * to the connection's user or role."),
  CLOCK_SKEW(
      "Alibaba Cloud refused the time or the nonce of the request (%s). Check that the clock of the"
          + " operator's node is synchronised."),
  INVALID_REQUEST(
      "The endpoint did not accept the request (%s). Check that the endpoint is that of Container"
          + " Service for Kubernetes and that the region id is right."),
  UNKNOWN_CODE(
      "The endpoint did not accept the request (%s). Find the code in Alibaba Cloud's error"
          + " documentation; if it is not there, check the endpoint and the proxies before it."),
  NOT_FOUND(
      "Alibaba Cloud has no such task in this region and account (%s). Check the task id and the"
          + " connection's region and account; a task that was just created may take a moment to be"
          + " readable."),
  PARENT_NOT_FOUND(
      "Alibaba Cloud has no such cluster or node pool in this region and account (%s), so it has no"
          + " task of it. Check whether it was deleted, and the connection's region and account."),
  UNAVAILABLE("Alibaba Cloud could not answer (%s). It is asked again with growing pauses."),
  REDIRECTED(
      "The endpoint redirects elsewhere (%s), which is never followed. Check the endpoint, and"
          + " proxies or captive portals before it."),
  NOT_THE_API(
      "The answer is not one of the ACK API (%s). Check the endpoint, and proxies or captive"
          + " portals before it.");

  private static final Set<String> STATUS_AS_CODE = Set.of("400", "404");
  private static final Set<String> BEFORE_THE_ID = Set.of("task", "the task");
  private static final Set<String> AFTER_THE_ID =
      Set.of("not found", "not found.", "was not found", "was not found.", "is not found");

  /** UTF-16 units: a task id and the few words around it. */
  private static final int MAX_NOT_FOUND_MESSAGE = 300;

  private final String sentence;

  ErrorKind(String sentence) {
    this.sentence = sentence;
  }

  /**
   * Classifies an answer.
   *
   * @param error null if the body is not an error object
   * @param taskId the polled task; null if the call was not a poll
   */
  static ErrorKind of(int status, @Nullable ErrorBody error, @Nullable String taskId) {
    if (error == null) {
      return ofStatus(status, INVALID_REQUEST);
    }
    return ErrorCodes.find(error)
        .or(() -> taskNotFound(status, error, taskId))
        .orElseGet(() -> ofStatus(status, UNKNOWN_CODE));
  }

  /**
   * The message for the administrator.
   *
   * @param answer code and status of the answer
   */
  String sentence(String answer) {
    return sentence.formatted(answer);
  }

  /**
   * This API has answered code {@code "400"} with the message {@code the task T-… not found}:
   * aliyun/alibaba-cloud-sdk-go issue 476. Gateways and frameworks write such messages as well, so
   * the whole message must be this sentence about the polled task. Anything else is not evidence: a
   * task that is taken for missing settles as failed.
   */
  private static Optional<ErrorKind> taskNotFound(
      int status, ErrorBody error, @Nullable String taskId) {
    if (taskId == null) {
      return Optional.empty();
    }
    boolean canBeTheProduct =
        status < 500 && error.isFromProduct() && STATUS_AS_CODE.contains(error.code());
    return canBeTheProduct && error.message() != null && isNotFound(error.message(), taskId)
        ? Optional.of(NOT_FOUND)
        : Optional.empty();
  }

  private static boolean isNotFound(String message, String taskId) {
    if (message.length() > MAX_NOT_FOUND_MESSAGE) {
      return false;
    }
    List<String> words = List.of(message.strip().split("\\s+"));
    int named = words.indexOf(taskId);
    return named >= 1
        && BEFORE_THE_ID.contains(lowerCase(words.subList(0, named)))
        && AFTER_THE_ID.contains(lowerCase(words.subList(named + 1, words.size())));
  }

  private static String lowerCase(List<String> words) {
    return String.join(" ", words).toLowerCase(Locale.ROOT);
  }

  /** A 404 without a product error code comes from something other than the API. */
  private static ErrorKind ofStatus(int status, ErrorKind clientError) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_THE_API;
      case 429 -> THROTTLED;
      default ->
          switch (status / 100) {
            case 3 -> REDIRECTED;
            case 4 -> clientError;
            case 5 -> UNAVAILABLE;
            default -> NOT_THE_API;
          };
    };
  }
}
