package dev.acktask.operator.task;

import java.util.Optional;

/**
 * The name of one task, safe to put into a URL path.
 *
 * <p>Ids are not always {@code T-…} (the vendor's own list example shows {@code
 * install-addons-c3…}), and an alphanumeric start keeps {@code .} and {@code ..} from becoming path
 * steps. The CRD carries the same pattern; it is checked here as well because a cluster may run an
 * older CRD.
 *
 * @param taskId 1 to 253 characters of {@code [A-Za-z0-9][A-Za-z0-9._-]*}
 */
public record TaskRef(String taskId) {
  /** The accepted task ids, as the CRD spells it. */
  public static final String PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$";

  private static final int LONGEST = 253;

  public TaskRef {
    if (!isTaskId(taskId)) {
      throw new IllegalArgumentException("not a task id");
    }
  }

  /** The reference for {@code taskId}, or empty when no request may be made with it. */
  public static Optional<TaskRef> parse(String taskId) {
    return isTaskId(taskId) ? Optional.of(new TaskRef(taskId)) : Optional.empty();
  }

  /** {@link #PATTERN} by hand, because it is asked at every visit. */
  private static boolean isTaskId(String text) {
    if (text.isEmpty() || text.length() > LONGEST || !isAlphanumeric(text.charAt(0))) {
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
