package dev.acktask.simulator.account;

import java.time.Instant;
import java.util.Optional;

/**
 * A plan of ACK's own maintenance of a cluster.
 *
 * @param type as ListOperationPlansForRegion has it, for example {@code CLUSTER_UPGRADE_ADDON}
 * @param state of the plan, not of its task, for example {@code Executing}
 * @param taskId the task that the plan started
 * @param start of its window; empty for the time when it is put into a region
 */
public record MaintenancePlan(
    String id,
    String clusterId,
    String type,
    String state,
    Optional<String> taskId,
    Optional<Instant> start) {
  public static final String DEFAULT_TYPE = "CLUSTER_UPGRADE_ADDON";
  public static final String SCHEDULED = "Scheduled";
  public static final String EXECUTING = "Executing";

  /** A scheduled plan of the type {@link #DEFAULT_TYPE}. */
  public static MaintenancePlan of(String id, String clusterId) {
    return new MaintenancePlan(
        id, clusterId, DEFAULT_TYPE, SCHEDULED, Optional.empty(), Optional.empty());
  }

  /** The same plan, executing, with the task that it started. */
  public MaintenancePlan withTask(String startedTaskId) {
    return new MaintenancePlan(id, clusterId, type, EXECUTING, Optional.of(startedTaskId), start);
  }

  public MaintenancePlan withType(String newType) {
    return new MaintenancePlan(id, clusterId, newType, state, taskId, start);
  }

  public MaintenancePlan withState(String newState) {
    return new MaintenancePlan(id, clusterId, type, newState, taskId, start);
  }

  public MaintenancePlan withStart(Instant time) {
    return new MaintenancePlan(id, clusterId, type, state, taskId, Optional.of(time));
  }
}
