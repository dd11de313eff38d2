package dev.acktask.operator.task;

import org.jspecify.annotations.Nullable;

/**
 * A plan of ACK's own maintenance as ListOperationPlansForRegion lists it.
 *
 * @param clusterId null when absent or not an id
 * @param task the task that the plan started; null before it has
 * @param type such as {@code CLUSTER_UPGRADE_ADDON}; null when absent
 */
public record MaintenancePlan(
    String planId, @Nullable String clusterId, @Nullable TaskRef task, @Nullable String type) {}
