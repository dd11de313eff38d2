package dev.acktask.operator.task;

import java.util.Set;

/**
 * Meaning of the cloud's {@code state}.
 *
 * <p>Success is matched exactly, everything else without regard to case and padding: a false
 * success opens a gate, while a success that is not recognised only costs time and is visible.
 */
public enum TaskState {
  SUCCEEDED(true),
  FAILED(true),
  CANCELED(true),
  PAUSED(false),
  RUNNING(false),
  /** A state that is not documented. */
  UNRECOGNIZED(false);

  private static final Set<String> SUCCESS = Set.of("success", "succeeded");
  private static final Set<String> FAILURE = Set.of("fail", "failed", "error", "timeout");
  private static final Set<String> CANCEL = Set.of("canceled", "cancelled", "cancel");
  private static final Set<String> PAUSE = Set.of("pause", "paused");
  private static final Set<String> ACTIVE =
      Set.of(
          "running",
          "pending",
          "initial",
          "initail",
          "pausing",
          "resuming",
          "cancelling",
          "canceling");

  private final boolean terminal;

  TaskState(boolean terminal) {
    this.terminal = terminal;
  }

  /** True when the state is final. */
  public boolean isTerminal() {
    return terminal;
  }

  /** True when the task, or the item with this state, ended without success. */
  public boolean isFailure() {
    return this == FAILED || this == CANCELED;
  }

  /** Classifies {@code raw}, the state exactly as sent. */
  public static TaskState of(String raw) {
    if (SUCCESS.contains(raw)) {
      return SUCCEEDED;
    }
    String folded = fold(raw);
    if (FAILURE.contains(folded)) {
      return FAILED;
    }
    if (CANCEL.contains(folded)) {
      return CANCELED;
    }
    if (PAUSE.contains(folded)) {
      return PAUSED;
    }
    return ACTIVE.contains(folded) ? RUNNING : UNRECOGNIZED;
  }

  /** Trims space, tab, CR and LF and lower-cases A to Z: ASCII only, independent of the locale. */
  private static String fold(String raw) {
    int from = 0;
    int to = raw.length();
    while (from < to && isPadding(raw.charAt(from))) {
      from++;
    }
    while (to > from && isPadding(raw.charAt(to - 1))) {
      to--;
    }
    StringBuilder folded = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = raw.charAt(i);
      folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return folded.toString();
  }

  private static boolean isPadding(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
