package dev.acktask.operator.alibaba;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer other than a task means: the error code decides, then the message, then the HTTP
 * status. Sources: the vendor's CLI and SDK issues listed with each group; none of this is
 * documented for DescribeTaskInfo.
 */
enum ErrorKind {
  THROTTLED(
      "Alibaba Cloud is throttling this account (%s). The limit is shared with the console and every"
          + " other tool of the account; reading goes on by itself."),
  UNKNOWN_KEY(
      "Alibaba Cloud does not know the access key (%s). Check that it exists and is enabled, and"
          + " renew the connection's credentials."),
  WRONG_SIGNATURE(
      "Alibaba Cloud refused the signature (%s). The access key secret does not belong to the access"
          + " key id; check both in the connection's credentials."),
  EXPIRED_TOKEN(
      "Alibaba Cloud refused the security token (%s). It is expired or was not issued for this"
          + " access key; provide a new one, or use RRSA, which renews it by itself."),
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
      "The answer is not one of the ACK API (%s). Check the endpoint, and proxies or captive portals"
          + " before it.");

  private static final Map<String, ErrorKind> BY_CODE =
      Map.ofEntries(
          Map.entry("SignatureDoesNotMatch", WRONG_SIGNATURE),
          Map.entry("SignatureNonceUsed", CLOCK_SKEW),
          Map.entry("ServiceUnavailable", UNAVAILABLE),
          Map.entry("StatusForbidden", FORBIDDEN),
          Map.entry("Forbidden.RAM", FORBIDDEN),
          Map.entry("NoPermission", FORBIDDEN),
          Map.entry("ErrorCheckAcl", FORBIDDEN),
          Map.entry("ErrorClusterNotFound", PARENT_NOT_FOUND),
          Map.entry("ErrorNodePoolNotFound", PARENT_NOT_FOUND),
          Map.entry("ErrorTaskNotFound", NOT_FOUND),
          Map.entry("Task.NotFound", NOT_FOUND));

  /**
   * The first two come with status 404 and must not read as a task that does not exist:
   * aliyun/ack-set-context issue 2, certd issue 167.
   */
  private static final Map<String, ErrorKind> BY_START_OF_CODE =
      Map.of(
          "InvalidAccessKeyId", UNKNOWN_KEY,
          "InvalidAction", INVALID_REQUEST,
          "InvalidSecurityToken", EXPIRED_TOKEN,
          "InvalidTimeStamp", CLOCK_SKEW);

  /** Answered with code {@code "400"} by this API: aliyun/alibaba-cloud-sdk-go issue 476. */
  private static final Pattern NOT_FOUND_MESSAGE =
      Pattern.compile("\\btask\\b.{0,300}?\\bnot found\\b", Pattern.DOTALL);

  private final String sentence;

  ErrorKind(String sentence) {
    this.sentence = sentence;
  }

  static ErrorKind of(int status, @Nullable ErrorBody error) {
    if (error == null) {
      return ofStatus(status);
    }
    return ofCode(error.code())
        .or(() -> ofMessage(status, error.message()))
        .orElseGet(() -> ofStatus(status, error.isFromProduct()));
  }

  /**
   * For the person who runs the cluster.
   *
   * @param told what was answered
   */
  String sentence(String told) {
    return sentence.formatted(told);
  }

  private static Optional<ErrorKind> ofCode(String code) {
    if (code.contains("Throttling")) {
      return Optional.of(THROTTLED);
    }
    return Optional.ofNullable(BY_CODE.get(code))
        .or(
            () ->
                BY_START_OF_CODE.entrySet().stream()
                    .filter(start -> code.startsWith(start.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst());
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
      case 429 -> THROTTLED;
      default ->
          switch (status / 100) {
            case 3 -> REDIRECTED;
            case 4 -> status == 404 ? NOT_THE_API : INVALID_REQUEST;
            case 5 -> UNAVAILABLE;
            default -> NOT_THE_API;
          };
    };
  }
}
