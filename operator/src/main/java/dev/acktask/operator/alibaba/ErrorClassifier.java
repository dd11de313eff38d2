package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.net.http.HttpHeaders;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer that is not a task into words for the person who runs the cluster. The sentences
 * are the operator's own: what the cloud wrote may quote keys or parameters and is never passed on,
 * except its error code where that looks like one.
 */
final class ErrorClassifier {
  private static final Pattern SHOWN_CODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final RetryHint retryHint;

  ErrorClassifier(InstantSource clock) {
    this.retryHint = new RetryHint(clock);
  }

  /**
   * Says what the answer means.
   *
   * @param error null when the body is not an error object
   */
  TaskLookup classify(
      int status, HttpHeaders headers, @Nullable ErrorBody error, @Nullable String requestId) {
    String told = told(status, error);
    ErrorKind kind = ErrorKind.of(status, error);
    return switch (kind) {
      case THROTTLED ->
          new Throttled(
              "Alibaba Cloud is throttling this account ("
                  + told
                  + "). The limit is shared with the console and every other tool of the account;"
                  + " reading goes on by itself.",
              retryHint.from(headers).orElse(null),
              requestId);
      case NOT_FOUND ->
          new NotFound(
              "Alibaba Cloud has no such task in this region and account ("
                  + told
                  + "). Check the task id and the connection's region and account; a task that was"
                  + " just created may take a moment to be readable.",
              requestId);
      case PARENT_NOT_FOUND ->
          new NotFound(
              "Alibaba Cloud has no such cluster or node pool in this region and account ("
                  + told
                  + "), so it has no task of it. Check whether it was deleted, and the connection's"
                  + " region and account.",
              requestId);
      case UNKNOWN_KEY, WRONG_SIGNATURE, EXPIRED_TOKEN, UNAUTHORIZED ->
          new Rejected(Refusal.UNAUTHORIZED, unauthorized(kind, told), requestId);
      case FORBIDDEN ->
          new Rejected(
              Refusal.FORBIDDEN,
              "Alibaba Cloud denies cs:DescribeTaskInfo to this identity ("
                  + told
                  + "). Attach a RAM policy that allows this action on resource * to the"
                  + " connection's user or role.",
              requestId);
      case CLOCK_SKEW ->
          new Rejected(
              Refusal.CLOCK_SKEW,
              "Alibaba Cloud refused the time or the nonce of the request ("
                  + told
                  + "). Check that the clock of the operator's node is synchronised.",
              requestId);
      case INVALID_REQUEST ->
          new Rejected(
              Refusal.INVALID_REQUEST,
              "The endpoint did not accept the request ("
                  + told
                  + "). Check that the endpoint is that of Container Service for Kubernetes and"
                  + " that the region id is right.",
              requestId);
      case UNAVAILABLE ->
          new Unavailable(
              Failure.API_UNAVAILABLE,
              "Alibaba Cloud could not answer ("
                  + told
                  + "). It is asked again with growing pauses.",
              requestId);
      case NOT_THE_API ->
          new Unavailable(Failure.RESPONSE_INVALID, notTheApi(status, told), requestId);
    };
  }

  private static String unauthorized(ErrorKind kind, String told) {
    return switch (kind) {
      case UNKNOWN_KEY ->
          "Alibaba Cloud does not know the access key ("
              + told
              + "). Check that it exists and is enabled, and renew the connection's credentials.";
      case WRONG_SIGNATURE ->
          "Alibaba Cloud refused the signature ("
              + told
              + "). The access key secret does not belong to the access key id; check both in the"
              + " connection's credentials.";
      case EXPIRED_TOKEN ->
          "Alibaba Cloud refused the security token ("
              + told
              + "). It is expired or was not issued for this access key; provide a new one, or use"
              + " RRSA, which renews it by itself.";
      default ->
          "Alibaba Cloud refused the credentials ("
              + told
              + "). Check the connection's access key, or the role's trust policy with RRSA.";
    };
  }

  private static String notTheApi(int status, String told) {
    String seen =
        status >= 300 && status < 400
            ? "The endpoint redirects elsewhere (" + told + "), which is never followed."
            : "The answer is not one of the ACK API (" + told + ").";
    return seen + " Check the endpoint, and proxies or captive portals before it.";
  }

  /** The code, where it looks like one, and the status: {@code Throttling.User, HTTP 400}. */
  static String told(int status, @Nullable ErrorBody error) {
    String http = "HTTP " + status;
    return error != null && SHOWN_CODE.matcher(error.code()).matches()
        ? error.code() + ", " + http
        : http;
  }
}
