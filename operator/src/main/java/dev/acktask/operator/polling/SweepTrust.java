package dev.acktask.operator.polling;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a list may stand in for polls, measured by the changes that it announced. Which changes
 * of a task move its entry in the list is not documented. Not thread-safe.
 */
final class SweepTrust {
  /** Maximum age of the details of a task while the list has not proved itself, in intervals. */
  static final int INITIAL_AGE = 4;

  /** Maximum age of the details while the list has announced each change, in intervals. */
  static final int TRUSTED_AGE = 20;

  /** Announced changes in succession that make a list trusted. */
  static final int REQUIRED = 100;

  /** Of more unannounced changes the oldest are not judged. */
  static final int MAX_SUSPECTS = 1_000;

  /**
   * A change that a poll found before a list announced it.
   *
   * @param listed the entry of the list before the change
   * @param found end of the poll, on the monotonic clock, in nanoseconds
   */
  private record Suspect(String clusterId, TaskFingerprint listed, long found) {}

  private final Map<TaskKey, Suspect> suspects = new LinkedHashMap<>();
  private int announced;

  /** Maximum age of the details of a task, in poll intervals. */
  int maxAge() {
    return announced >= REQUIRED ? TRUSTED_AGE : INITIAL_AGE;
  }

  /** A poll that a list caused found a change. */
  void announced() {
    announced = Math.min(announced + 1, REQUIRED);
  }

  /**
   * A poll found a change that no list had announced. The next sweep shows whether it would have.
   *
   * @param listed the present entry of the list
   * @param found end of the poll, on the monotonic clock, in nanoseconds
   */
  void suspect(TaskKey task, String clusterId, TaskFingerprint listed, long found) {
    suspects.put(task, new Suspect(clusterId, listed, found));
    if (suspects.size() > MAX_SUSPECTS) {
      suspects.remove(suspects.keySet().iterator().next());
    }
  }

  /** True if the next sweep judges a change of {@code task}. */
  boolean isSuspect(TaskKey task) {
    return suspects.containsKey(task);
  }

  /**
   * Judges the suspects of a cluster by a sweep. A moved entry was only late. One that a later
   * sweep did not move is a missed change; a task that is not listed says nothing.
   *
   * @param start of the sweep, on the monotonic clock, in nanoseconds
   * @param isComplete false if tasks may be missing
   * @return number of missed changes
   */
  int judge(
      String clusterId, long start, Map<TaskKey, TaskFingerprint> listed, boolean isComplete) {
    int misses = 0;
    Iterator<Map.Entry<TaskKey, Suspect>> each = suspects.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<TaskKey, Suspect> entry = each.next();
      Suspect suspect = entry.getValue();
      if (!suspect.clusterId.equals(clusterId)) {
        continue;
      }
      TaskFingerprint now = listed.get(entry.getKey());
      boolean isLater = start - suspect.found >= 0;
      if (now == null) {
        if (isLater && isComplete) {
          each.remove();
        }
      } else if (!now.equals(suspect.listed)) {
        each.remove();
        announced();
      } else if (isLater) {
        each.remove();
        misses++;
      }
    }
    if (misses > 0) {
      announced = 0;
    }
    return misses;
  }
}
