package dev.acktask.operator.api.v1alpha1;

/** The reason of a condition of a gate. */
public enum GateReason {
  // Succeeded is True.
  /** Each task of an AllSucceeded gate succeeded. */
  ALL_SUCCEEDED,
  /** No cluster of a NoneRunning gate has an unfinished task. */
  NONE_RUNNING,

  // Succeeded is False.
  /** A task failed, was canceled, or requires manual action. */
  TASK_NOT_SUCCEEDED,
  /** The spec cannot be used. An older CRD may have accepted it. */
  INVALID_SPEC,

  // Succeeded is Unknown.
  /** Tasks are unfinished. */
  TASKS_RUNNING,
  /** An AckTask does not exist, or the selector selects fewer than {@code spec.count}. */
  TASKS_MISSING,
  /** The selector selects more than {@code spec.count}. */
  TOO_MANY_TASKS,
  /** No complete list of a cluster began after the operator observed the gate. */
  NOT_SWEPT_YET,
  /** The latest complete list of a cluster is too old. */
  SWEEP_OUTDATED,
  /** The discovery does not exist, or the operator does not follow discoveries. */
  DISCOVERY_NOT_FOUND,
  /** The discovery is suspended or has an invalid spec. */
  DISCOVERY_NOT_ACTIVE,

  // Synced is True or False.
  /** Everything that the gate reads is up to date. */
  OBSERVED,
  /** An AckTask of the gate has Synced=False. */
  TASK_NOT_SYNCED,
  /** A list of a cluster is not answered. */
  SWEEP_FAILED,

  // Overdue is True.
  DEADLINE_EXCEEDED;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code TasksRunning}. */
  public String apiName() {
    return apiName;
  }
}
