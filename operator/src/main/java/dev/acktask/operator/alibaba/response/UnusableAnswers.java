package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.alibaba.HttpAnswer;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The results of answers with status 200 that are not used, whatever they were to answer. */
final class UnusableAnswers {
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private UnusableAnswers() {}

  static Unavailable encoded(@Nullable String requestId) {
    return invalid(
        "The answer is compressed, which was not asked for. Check the proxies before the"
            + " endpoint.",
        requestId);
  }

  static Unavailable notAnObject(@Nullable String requestId) {
    return invalid(
        "The answer (HTTP 200) is not one well-formed JSON object. Check the"
            + " endpoint, and proxies or captive portals before it.",
        requestId);
  }

  static Unavailable invalid(String message, @Nullable String requestId) {
    return new Unavailable(Failure.RESPONSE_INVALID, message, requestId);
  }

  /**
   * The id of the request, if it is well-formed: that of the body, else that of the header.
   *
   * @param fromBody null when absent
   */
  static @Nullable String requestId(HttpAnswer answer, @Nullable String fromBody) {
    if (fromBody != null && REQUEST_ID.matcher(fromBody).matches()) {
      return fromBody;
    }
    return answer
        .header("x-acs-request-id")
        .filter(id -> REQUEST_ID.matcher(id).matches())
        .orElse(null);
  }
}
