package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.acktask.operator.text.GepDuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spec as the user wrote it. An older CRD may have accepted any value, so each value is parsed
 * before it is used.
 *
 * @param taskId the ACK task to mirror; null only where the CRD does not require it
 * @param clusterId required cluster of the task; null accepts any
 * @param pollInterval a {@link GepDuration}; null means the operator's default
 * @param suspend true stops polling
 * @param deadline a {@link GepDuration} from the task's start, after which the task is overdue
 * @param ttlSecondsAfterFinished seconds after which a finished object is deleted; null keeps it
 * @param include {@link #INCLUDE_PARAMETERS}, {@link #INCLUDE_OUTPUTS}
 * @param successPolicy {@link #STRICT} (also when null) or {@link #STATE_ONLY}
 * @param connectionRef account and region of the task; null for ClusterAckConnection/default if it
 *     exists, else for the operator's built-in connection
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AckTaskSpec(
    @Nullable String taskId,
    @Nullable String clusterId,
    @Nullable String pollInterval,
    @Nullable Boolean suspend,
    @Nullable String deadline,
    @Nullable Long ttlSecondsAfterFinished,
    @Nullable List<String> include,
    @Nullable String successPolicy,
    @Nullable ConnectionRef connectionRef) {

  public static final String INCLUDE_PARAMETERS = "Parameters";
  public static final String INCLUDE_OUTPUTS = "Outputs";
  public static final String STRICT = "Strict";
  public static final String STATE_ONLY = "StateOnly";

  /** The empty spec. */
  public static final AckTaskSpec NOTHING = builder().build();

  /** True when polling is suspended. */
  public boolean suspended() {
    return Boolean.TRUE.equals(suspend);
  }

  /** True when the user opted in to {@code part}, one of the {@code INCLUDE_} constants. */
  public boolean includes(String part) {
    return include != null && include.contains(part);
  }

  /** A builder that sets nothing: absent values are null, absent lists empty. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with the values of this one. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.taskId = taskId;
    builder.clusterId = clusterId;
    builder.pollInterval = pollInterval;
    builder.suspend = suspend;
    builder.deadline = deadline;
    builder.ttlSecondsAfterFinished = ttlSecondsAfterFinished;
    builder.include = include;
    builder.successPolicy = successPolicy;
    builder.connectionRef = connectionRef;
    return builder;
  }

  /** Builds a {@link AckTaskSpec} by the names of its components. */
  public static final class Builder {
    private @Nullable String taskId;
    private @Nullable String clusterId;
    private @Nullable String pollInterval;
    private @Nullable Boolean suspend;
    private @Nullable String deadline;
    private @Nullable Long ttlSecondsAfterFinished;
    private @Nullable List<String> include;
    private @Nullable String successPolicy;
    private @Nullable ConnectionRef connectionRef;

    private Builder() {}

    public Builder taskId(@Nullable String taskId) {
      this.taskId = taskId;
      return this;
    }

    public Builder clusterId(@Nullable String clusterId) {
      this.clusterId = clusterId;
      return this;
    }

    public Builder pollInterval(@Nullable String pollInterval) {
      this.pollInterval = pollInterval;
      return this;
    }

    public Builder suspend(@Nullable Boolean suspend) {
      this.suspend = suspend;
      return this;
    }

    public Builder deadline(@Nullable String deadline) {
      this.deadline = deadline;
      return this;
    }

    public Builder ttlSecondsAfterFinished(@Nullable Long ttlSecondsAfterFinished) {
      this.ttlSecondsAfterFinished = ttlSecondsAfterFinished;
      return this;
    }

    public Builder include(@Nullable List<String> include) {
      this.include = include;
      return this;
    }

    public Builder successPolicy(@Nullable String successPolicy) {
      this.successPolicy = successPolicy;
      return this;
    }

    public Builder connectionRef(@Nullable ConnectionRef connectionRef) {
      this.connectionRef = connectionRef;
      return this;
    }

    public AckTaskSpec build() {
      return new AckTaskSpec(
          taskId,
          clusterId,
          pollInterval,
          suspend,
          deadline,
          ttlSecondsAfterFinished,
          include,
          successPolicy,
          connectionRef);
    }
  }
}
