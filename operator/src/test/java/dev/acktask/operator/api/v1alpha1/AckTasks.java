package dev.acktask.operator.api.v1alpha1;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * AckTasks for tests: a cluster upgrade in each phase, with the status that the operator writes.
 */
public final class AckTasks {
  public static final String TASK_ID = "T-000000000000000000000a01";

  private static final AckTaskStatus.Connection BUILT_IN =
      new AckTaskStatus.Connection(AckTaskStatus.Connection.BUILT_IN, null, null, "cn-hangzhou");

  private static final String CREATED = "2026-01-02T03:00:00Z";
  private static final String STARTED = "2026-01-02T02:50:00Z";
  private static final String STAGE_OBSERVED = "2026-01-02T02:58:00Z";
  private static final String ENDED = "2026-01-02T03:04:00Z";
  private static final String TRANSITION = "2026-01-02T03:04:05Z";

  private AckTasks() {}

  /** A spec with the task id only. */
  public static AckTaskSpec.Builder spec() {
    return AckTaskSpec.builder().taskId(TASK_ID);
  }

  /** As a user submits it: without a status and without the fields that the API server sets. */
  public static Builder submitted() {
    return new Builder();
  }

  /** Reconciled, but not polled yet. */
  public static Builder pending() {
    String message = "The task has not been observed yet.";
    return stored(
        "2",
        new Outcome(Phase.PENDING, Condition.UNKNOWN, Reason.NOT_OBSERVED, message)
            .status(Condition.UNKNOWN, Reason.NOT_OBSERVED, "Not polled yet."));
  }

  public static Builder running() {
    String message = "cluster_upgrade is running in stage DrainNodes.";
    return stored(
        "3",
        new Outcome(Phase.RUNNING, Condition.UNKNOWN, Reason.RUNNING, message).observed("running"));
  }

  /** Suspended while it was running. */
  public static Builder suspended() {
    String message = "Suspended by spec.suspend; no call is made.";
    return stored(
            "4",
            new Outcome(Phase.RUNNING, Condition.UNKNOWN, Reason.SUSPENDED, message)
                .observed("running"))
        .spec(spec().suspend(true).build());
  }

  public static Builder succeeded() {
    String message = "cluster_upgrade succeeded.";
    return stored(
        "4",
        new Outcome(Phase.SUCCEEDED, Condition.TRUE, Reason.TASK_SUCCEEDED, message)
            .observed("success")
            .completionTime(ENDED));
  }

  public static Builder failed() {
    String message = "cluster_upgrade failed: DrainTimeout: node i-1 was not drained.";
    return stored(
        "4",
        new Outcome(Phase.FAILED, Condition.FALSE, Reason.TASK_FAILED, message)
            .observed("failed")
            .completionTime(ENDED)
            .error(new AckTaskStatus.Problem("DrainTimeout", "node i-1 was not drained")));
  }

  /** As the API server returns it. */
  private static Builder stored(String resourceVersion, AckTaskStatusBuilder status) {
    return new Builder()
        .generation(1)
        .resourceVersion(resourceVersion)
        .created(CREATED)
        .status(status.build());
  }

  /** The verdict that the conditions of one status share. */
  private record Outcome(Phase phase, String succeeded, Reason reason, String message) {
    AckTaskStatusBuilder observed(String state) {
      return status(
              Condition.TRUE, Reason.OBSERVED, "The last answer of the cloud is in the status.")
          .state(state)
          .taskType("cluster_upgrade")
          .clusterId("c1")
          .currentStage("DrainNodes")
          .createdTime("2026-01-02T10:50:00+08:00")
          .updatedTime("2026-01-02T11:04:00+08:00")
          .startTime(STARTED)
          .stageTransitions(
              List.of(new AckTaskStatus.StageTransition("DrainNodes", STAGE_OBSERVED)))
          .requestId("request-1")
          .connection(BUILT_IN);
    }

    AckTaskStatusBuilder status(String synced, Reason syncReason, String syncMessage) {
      boolean settled = !succeeded.equals(Condition.UNKNOWN);
      List<Condition> conditions = new ArrayList<>();
      conditions.add(condition(ConditionType.SUCCEEDED, succeeded));
      conditions.add(condition(ConditionType.READY, succeeded));
      conditions.add(condition(ConditionType.SETTLED, settled ? Condition.TRUE : Condition.FALSE));
      conditions.add(condition(ConditionType.SYNCED, synced, syncReason, syncMessage));
      if (succeeded.equals(Condition.FALSE)) {
        conditions.add(condition(ConditionType.STALLED, Condition.TRUE));
      } else if (!settled && reason != Reason.SUSPENDED) {
        conditions.add(condition(ConditionType.RECONCILING, Condition.TRUE));
      }
      conditions.sort(Comparator.comparing(Condition::type));
      return AckTaskStatus.builder()
          .observedGeneration(1L)
          .phase(phase)
          .reason(reason.apiName())
          .message(message)
          .taskId(TASK_ID)
          .conditions(conditions);
    }

    private Condition condition(ConditionType type, String status) {
      return condition(type, status, reason, message);
    }

    private static Condition condition(
        ConditionType type, String status, Reason reason, String message) {
      return new Condition(type.apiName(), status, reason.apiName(), message, 1L, TRANSITION);
    }
  }

  /** Builds an {@link AckTask}; by default {@code shop/upgrade}. */
  public static final class Builder {
    private String namespace = "shop";
    private String name = "upgrade";
    private String uid;
    private Long generation;
    private String resourceVersion;
    private String created;
    private AckTaskSpec spec = AckTasks.spec().build();
    private AckTaskStatus status;

    private Builder() {}

    public Builder namespace(String namespace) {
      this.namespace = namespace;
      return this;
    }

    public Builder name(String name) {
      this.name = name;
      return this;
    }

    /** By default the namespace and the name, once the object has a resource version. */
    public Builder uid(String uid) {
      this.uid = uid;
      return this;
    }

    public Builder generation(long generation) {
      this.generation = generation;
      return this;
    }

    public Builder resourceVersion(String resourceVersion) {
      this.resourceVersion = resourceVersion;
      return this;
    }

    /** Creation time of the object. */
    public Builder created(String created) {
      this.created = created;
      return this;
    }

    /** The task id, in the spec and in the status. */
    public Builder taskId(String taskId) {
      spec = spec.toBuilder().taskId(taskId).build();
      return status == null ? this : status(with -> with.taskId(taskId));
    }

    public Builder spec(AckTaskSpec spec) {
      this.spec = spec;
      return this;
    }

    public Builder status(AckTaskStatus status) {
      this.status = status;
      return this;
    }

    /** Edits the status. */
    public Builder status(UnaryOperator<AckTaskStatusBuilder> edit) {
      status = edit.apply(status.toBuilder()).build();
      return this;
    }

    /** The status alone. */
    public AckTaskStatus status() {
      return status;
    }

    public AckTask build() {
      AckTask task = new AckTask();
      task.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(namespace)
              .withName(name)
              .withUid(uid == null && resourceVersion != null ? namespace + "/" + name : uid)
              .withGeneration(generation)
              .withResourceVersion(resourceVersion)
              .withCreationTimestamp(created)
              .build());
      task.setSpec(spec);
      task.setStatus(status);
      return task;
    }
  }
}
