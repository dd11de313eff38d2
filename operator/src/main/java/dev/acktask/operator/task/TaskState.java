package dev.acktask.operator.task;

import java.util.Set;

/**
 * What the cloud's {@code state} word means.
 *
 * <p>Success is matched exactly and failure tolerantly, because the two errors do not cost the
 * same: a wrong success opens a gate for ever, while a success held back is visible and costs only
 * waiting. Nothing that reads like a failure can mean anything else.
 */
public enum TaskState {
  SUCCEEDED(true),
  FAILED(true),
  CANCELED(true),
  PAUSED(false),
  RUNNING(false),
  /** A word that no published source explains: keep waiting, loudly. */
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

  /** True when the cloud will do nothing more for this task. */
  public boolean terminal() {
    return terminal;
  }

  /** Classifies {@code raw}, the state word exactly as sent. */
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
