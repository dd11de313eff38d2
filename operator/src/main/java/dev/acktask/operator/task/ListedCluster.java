package dev.acktask.operator.task;

import org.jspecify.annotations.Nullable;

/**
 * A cluster as DescribeClustersV1 lists it. All texts are bounded and safe to show.
 *
 * @param clusterId 1 to 64 characters of {@code [A-Za-z0-9-]}
 * @param name free text; null when absent
 * @param regionId null when absent
 */
public record ListedCluster(String clusterId, @Nullable String name, @Nullable String regionId) {}
