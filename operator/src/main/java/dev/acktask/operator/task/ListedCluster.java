package dev.acktask.operator.task;

import org.jspecify.annotations.Nullable;

/**
 * A cluster as DescribeClustersV1 lists it. All texts are bounded and safe to show.
 *
 * @param clusterId 1 to 64 characters of {@code [A-Za-z0-9][A-Za-z0-9._-]*}, as the CRDs accept
 *     them
 * @param name free text; null when absent
 * @param regionId null when absent
 */
public record ListedCluster(String clusterId, @Nullable String name, @Nullable String regionId) {
  private static final int MAX_ID = 64;

  /** True if {@code text} is a cluster id. It is then safe in a URL path and in a message. */
  public static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_ID
        && isAlphanumeric(text.charAt(0)) // neither . nor ..
        && text.chars().allMatch(c -> isAlphanumeric(c) || c == '.' || c == '_' || c == '-');
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
