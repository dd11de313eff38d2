package dev.acktask.operator.alibaba.response;

import static dev.acktask.operator.alibaba.response.ErrorKind.CLOCK_SKEW;
import static dev.acktask.operator.alibaba.response.ErrorKind.EXPIRED_TOKEN;
import static dev.acktask.operator.alibaba.response.ErrorKind.FORBIDDEN;
import static dev.acktask.operator.alibaba.response.ErrorKind.INVALID_REQUEST;
import static dev.acktask.operator.alibaba.response.ErrorKind.MISSING_TOKEN;
import static dev.acktask.operator.alibaba.response.ErrorKind.NOT_FOUND;
import static dev.acktask.operator.alibaba.response.ErrorKind.PARENT_NOT_FOUND;
import static dev.acktask.operator.alibaba.response.ErrorKind.THROTTLED;
import static dev.acktask.operator.alibaba.response.ErrorKind.UNAUTHORIZED;
import static dev.acktask.operator.alibaba.response.ErrorKind.UNAVAILABLE;
import static dev.acktask.operator.alibaba.response.ErrorKind.UNKNOWN_KEY;
import static dev.acktask.operator.alibaba.response.ErrorKind.WRONG_SIGNATURE;

import dev.acktask.operator.text.BoundedText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The error codes of Alibaba Cloud with a specific meaning here. None is documented for
 * DescribeTaskInfo. Sources: the gateway's public error codes
 * (help.aliyun.com/document_detail/53438.html, 434846.html), their older spelling, which products
 * still answer (help.aliyun.com/document_detail/51132.html), and issues of the vendor's tools where
 * a row names one. The HTTP status decides for codes that are not listed.
 */
final class ErrorCodes {
  /** UTF-16 units of a message that are searched; a message may be megabytes long. */
  private static final int SEARCHED = 1_000;

  /** The first row that matches decides. */
  private static final List<Row> TABLE =
      List.of(
          // Throttling.User, Throttling.Api, Rejected.Throttling; with status 400 or 503.
          Row.containing("Throttling", THROTTLED),
          // Codes of ACK itself. Only these, and one message, mean that a task does not exist.
          Row.of("ErrorTaskNotFound", NOT_FOUND),
          Row.of("Task.NotFound", NOT_FOUND),
          Row.of("ErrorClusterNotFound", PARENT_NOT_FOUND),
          Row.of("ErrorNodePoolNotFound", PARENT_NOT_FOUND),
          // NotFound and Inactive; NotFound with status 404: aliyun/ack-set-context issue 2.
          Row.startingWith("InvalidAccessKeyId", UNKNOWN_KEY),
          Row.of("Forbidden.AccessKeyDisabled", UNKNOWN_KEY),
          Row.of("MissingAccessKeyId", UNAUTHORIZED),
          Row.mentioning("MissingParameter", "AccessKeyId", UNAUTHORIZED),
          Row.of("SignatureDoesNotMatch", WRONG_SIGNATURE),
          Row.of("IncompleteSignature", WRONG_SIGNATURE),
          Row.startingWith("InvalidSignature", UNAUTHORIZED),
          // Expired, Malformed, MismatchWithAccessKey.
          Row.startingWith("InvalidSecurityToken", EXPIRED_TOKEN),
          Row.of("MissingSecurityToken", MISSING_TOKEN),
          Row.mentioning("MissingParameter", "SecurityToken", MISSING_TOKEN),
          // Expired and Format; IllegalTimestamp is the older spelling of Expired.
          Row.startingWith("InvalidTimeStamp", CLOCK_SKEW),
          Row.startingWith("InvalidTimestamp", CLOCK_SKEW),
          Row.of("IllegalTimestamp", CLOCK_SKEW),
          Row.of("SignatureNonceUsed", CLOCK_SKEW),
          Row.of("StatusForbidden", FORBIDDEN),
          // Forbidden.RAM, .SubUser, .RiskControl, .NotSupportRAM; some with status 404.
          Row.of("Forbidden", FORBIDDEN),
          Row.startingWith("Forbidden.", FORBIDDEN),
          Row.startingWith("NoPermission", FORBIDDEN),
          Row.of("ErrorCheckAcl", FORBIDDEN),
          Row.of("ActionUnauthorized", FORBIDDEN),
          Row.of("RealNameAuthenticationError", FORBIDDEN),
          // Also with status 404: certd issue 167.
          Row.startingWith("InvalidAction", INVALID_REQUEST),
          Row.startingWith("InvalidApi", INVALID_REQUEST),
          Row.startingWith("InvalidProduct", INVALID_REQUEST),
          Row.startingWith("InvalidVersion", INVALID_REQUEST),
          Row.of("NoSuchVersion", INVALID_REQUEST),
          Row.startingWith("InvalidRegion", INVALID_REQUEST),
          Row.startingWith("InvalidProtocol", INVALID_REQUEST),
          Row.of("UnsupportedHTTPMethod", INVALID_REQUEST),
          Row.of("UnsupportedOperation", INVALID_REQUEST),
          // ServiceUnavailableTemporary as well, which is also spelled as in the second row.
          Row.startingWith("ServiceUnavailable", UNAVAILABLE),
          Row.startingWith("SerivceUnavailable", UNAVAILABLE),
          Row.startingWith("InternalError", UNAVAILABLE),
          Row.of("InternalFailure", UNAVAILABLE),
          Row.of("UnknownError", UNAVAILABLE));

  private ErrorCodes() {}

  /** The meaning of {@code error} by its code, or empty when the code is not in the table. */
  static Optional<ErrorKind> find(ErrorBody error) {
    return TABLE.stream().filter(row -> row.matches(error)).map(Row::kind).findFirst();
  }

  private enum Match {
    WHOLE,
    START,
    PART
  }

  /**
   * One code and its meaning.
   *
   * @param mention a parameter that the message must name, or null
   */
  private record Row(String code, Match match, @Nullable String mention, ErrorKind kind) {
    static Row of(String code, ErrorKind kind) {
      return new Row(code, Match.WHOLE, null, kind);
    }

    static Row startingWith(String code, ErrorKind kind) {
      return new Row(code, Match.START, null, kind);
    }

    static Row containing(String code, ErrorKind kind) {
      return new Row(code, Match.PART, null, kind);
    }

    static Row mentioning(String code, String mention, ErrorKind kind) {
      return new Row(code, Match.WHOLE, mention, kind);
    }

    boolean matches(ErrorBody error) {
      boolean isCode =
          switch (match) {
            case WHOLE -> error.code().equals(code);
            case START -> error.code().startsWith(code);
            case PART -> error.code().contains(code);
          };
      return isCode && (mention == null || mentions(error.message(), mention));
    }

    private static boolean mentions(@Nullable String message, String mention) {
      return message != null && BoundedText.of(message, SEARCHED).contains(mention);
    }
  }
}
