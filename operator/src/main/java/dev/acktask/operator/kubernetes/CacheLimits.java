package dev.acktask.operator.kubernetes;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Size limits for one object in the cache. The CRD limits spec and status, but an older CRD may
 * not, and etcd alone allows 1.5 MiB for one object.
 */
final class CacheLimits {
  /**
   * Characters of one string. Longer than any valid value of the spec, so that a truncated string
   * stays invalid. A decision reads the first {@value} characters of a refresh request, and whether
   * there are more.
   */
  static final int MAX_LENGTH = 1024;

  private static final int MAX_INCLUDES = 8;
  private static final int MAX_CONDITIONS = 16;

  private CacheLimits() {}

  /**
   * Truncates {@code text} to {@link #MAX_LENGTH} plus one character, which marks the truncation.
   */
  static String truncate(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH + 1);
  }

  /** Truncates each string and list of {@code spec}. */
  static @Nullable AckTaskSpec truncate(@Nullable AckTaskSpec spec) {
    if (spec == null || isBounded(spec)) {
      return spec;
    }
    List<String> include = spec.include();
    return AckTaskSpec.builder()
        .taskId(truncateOrNull(spec.taskId()))
        .clusterId(truncateOrNull(spec.clusterId()))
        .pollInterval(truncateOrNull(spec.pollInterval()))
        .suspend(spec.suspend())
        .deadline(truncateOrNull(spec.deadline()))
        .ttlSecondsAfterFinished(spec.ttlSecondsAfterFinished())
        .include(
            include == null
                ? null
                : include.stream().limit(MAX_INCLUDES).map(CacheLimits::truncate).toList())
        .successPolicy(truncateOrNull(spec.successPolicy()))
        .connectionRef(truncate(spec.connectionRef()))
        .build();
  }

  /**
   * Reduces a status that is larger than any that the operator writes. The result has no
   * generation, so that it equals no decision, and the operator overwrites the status of an
   * unfinished task. The status of a finished task stays if the operator wrote it: the verdict is
   * right, and each reconcile of such an object costs one read.
   *
   * @param verdict status without details
   */
  static AckTaskStatus reduce(AckTaskStatus verdict) {
    return AckTaskStatus.builder()
        .phase(verdict.phase())
        .reason(truncateOrNull(verdict.reason()))
        .message(truncateOrNull(verdict.message()))
        .taskId(truncateOrNull(verdict.taskId()))
        .taskType(truncateOrNull(verdict.taskType()))
        .clusterId(truncateOrNull(verdict.clusterId()))
        .startTime(truncateOrNull(verdict.startTime()))
        .completionTime(truncateOrNull(verdict.completionTime()))
        .lastHandledRefreshAt(truncateOrNull(verdict.lastHandledRefreshAt()))
        .conditions(
            verdict.conditions().stream().limit(MAX_CONDITIONS).map(CacheLimits::truncate).toList())
        .build();
  }

  private static boolean isBounded(AckTaskSpec spec) {
    List<String> include = spec.include();
    return isBounded(spec.taskId())
        && isBounded(spec.clusterId())
        && isBounded(spec.pollInterval())
        && isBounded(spec.deadline())
        && isBounded(spec.successPolicy())
        && isBounded(spec.connectionRef())
        && (include == null
            || (include.size() <= MAX_INCLUDES
                && include.stream().allMatch(CacheLimits::isBounded)));
  }

  /** Never null for a reference: without one another connection would be used. */
  private static @Nullable ConnectionRef truncate(@Nullable ConnectionRef ref) {
    return ref == null
        ? null
        : new ConnectionRef(truncateOrNull(ref.kind()), truncateOrNull(ref.name()));
  }

  private static boolean isBounded(@Nullable ConnectionRef ref) {
    return ref == null || (isBounded(ref.kind()) && isBounded(ref.name()));
  }

  private static boolean isBounded(@Nullable String text) {
    return text == null || text.length() <= MAX_LENGTH;
  }

  private static @Nullable String truncateOrNull(@Nullable String text) {
    return text == null ? null : truncate(text);
  }

  private static Condition truncate(Condition condition) {
    return new Condition(
        truncate(condition.type()),
        truncate(condition.status()),
        truncate(condition.reason()),
        truncate(condition.message()),
        condition.observedGeneration(),
        truncate(condition.lastTransitionTime()));
  }
}
