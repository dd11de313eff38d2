package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of what the cache keeps of one object. The CRD bounds spec and status, but an older CRD
 * may not, and etcd alone would let one object have 1.5 MiB.
 */
final class CacheLimits {
  /**
   * Characters of one string. More than any valid value of the spec has, so that a string that was
   * cut stays invalid. A decision reads the first {@value} characters of a refresh request, and
   * whether there are more.
   */
  static final int LONGEST = 1024;

  private static final int MOST_INCLUDES = 8;
  private static final int MOST_CONDITIONS = 16;

  private CacheLimits() {}

  /** {@code text}; of a longer one, one character more than {@link #LONGEST} marks the cut. */
  static String text(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST + 1);
  }

  /** {@code spec} with each string and list bounded. */
  static @Nullable AckTaskSpec spec(@Nullable AckTaskSpec spec) {
    if (spec == null || isBounded(spec)) {
      return spec;
    }
    List<String> include = spec.include();
    return new AckTaskSpec(
        orNull(spec.taskId()),
        orNull(spec.clusterId()),
        orNull(spec.pollInterval()),
        spec.suspend(),
        orNull(spec.deadline()),
        spec.ttlSecondsAfterFinished(),
        include == null
            ? null
            : include.stream().limit(MOST_INCLUDES).map(CacheLimits::text).toList(),
        orNull(spec.successPolicy()));
  }

  /**
   * What is kept of a status that is larger than any that the operator writes. It names no
   * generation, so that it equals no decision. Of an unfinished task the operator writes its own
   * status over it. One of a finished task stays, when the operator is its author: the verdict is
   * right, and each reconcile of such an object costs one read of it.
   *
   * @param verdict the status without its details
   */
  static AckTaskStatus outsized(AckTaskStatus verdict) {
    return new AckTaskStatus(
        null,
        verdict.phase(),
        orNull(verdict.reason()),
        orNull(verdict.message()),
        orNull(verdict.taskId()),
        null,
        orNull(verdict.taskType()),
        orNull(verdict.clusterId()),
        null,
        null,
        null,
        null,
        orNull(verdict.startTime()),
        orNull(verdict.completionTime()),
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        orNull(verdict.lastHandledRefreshAt()),
        null,
        verdict.conditions().stream().limit(MOST_CONDITIONS).map(CacheLimits::condition).toList());
  }

  private static boolean isBounded(AckTaskSpec spec) {
    List<String> include = spec.include();
    return isBounded(spec.taskId())
        && isBounded(spec.clusterId())
        && isBounded(spec.pollInterval())
        && isBounded(spec.deadline())
        && isBounded(spec.successPolicy())
        && (include == null
            || (include.size() <= MOST_INCLUDES
                && include.stream().allMatch(CacheLimits::isBounded)));
  }

  private static boolean isBounded(@Nullable String text) {
    return text == null || text.length() <= LONGEST;
  }

  private static @Nullable String orNull(@Nullable String text) {
    return text == null ? null : text(text);
  }

  private static Condition condition(Condition condition) {
    return new Condition(
        text(condition.type()),
        text(condition.status()),
        text(condition.reason()),
        text(condition.message()),
        condition.observedGeneration(),
        text(condition.lastTransitionTime()));
  }
}
