package dev.acktask.operator.task;

import java.util.Optional;

/**
 * A task id that is safe in a URL path.
 *
 * <p>Not every id starts with {@code T-}; the vendor documents {@code install-addons-c3…}. The
 * first character is alphanumeric, so that {@code .} and {@code ..} are not accepted. The CRD has
 * the same pattern; the operator checks it again because the installed CRD may be older.
 *
 * @param taskId 1 to 253 characters of {@code [A-Za-z0-9][A-Za-z0-9._-]*}
 */
public record TaskRef(String taskId) {
  /** Accepted task ids, as in the CRD. */
  public static final String PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$";

  private static final int MAX_LENGTH = 253;

  public TaskRef {
    if (!isTaskId(taskId)) {
      throw new IllegalArgumentException("not a task id");
    }
  }

  /** The reference for {@code taskId}, or empty when the id is not accepted. */
  public static Optional<TaskRef> parse(String taskId) {
    return isTaskId(taskId) ? Optional.of(new TaskRef(taskId)) : Optional.empty();
  }

  /** {@link #PATTERN} without a regular expression, because each reconcile checks it. */
  private static boolean isTaskId(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !isAlphanumeric(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
