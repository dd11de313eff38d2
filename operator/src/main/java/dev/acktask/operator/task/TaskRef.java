package dev.acktask.operator.task;

import java.util.Optional;
import java.util.regex.Pattern;

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

  private static final Pattern COMPILED = Pattern.compile(PATTERN);

  public TaskRef {
    if (!COMPILED.matcher(taskId).matches()) {
      throw new IllegalArgumentException("not a task id");
    }
  }

  /** The reference for {@code taskId}, or empty when no request may be made with it. */
  public static Optional<TaskRef> parse(String taskId) {
    return COMPILED.matcher(taskId).matches() ? Optional.of(new TaskRef(taskId)) : Optional.empty();
  }
}
