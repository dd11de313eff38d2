package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.acktask.operator.text.GepDuration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spec of an {@link AckTaskGate}, as the user wrote it. It is immutable: a new change has a new
 * gate. An older CRD may have accepted any value, so each value is checked before it is used.
 *
 * @param mode {@link #ALL_SUCCEEDED} or {@link #NONE_RUNNING}
 * @param taskRefs names of AckTasks of the same namespace, at most {@link #MAX_TASKS}; AllSucceeded
 *     only, in place of {@code selector}
 * @param selector labels of the AckTasks of the same namespace; AllSucceeded only, together with
 *     {@code since} and {@code count}
 * @param since a duration: a selected task counts if it was created at most this long before the
 *     gate, from {@link DiscoverySpec#MIN_SINCE} to {@link DiscoverySpec#MAX_SINCE}
 * @param count exact number of tasks that the selector must select, from 1 to {@link #MAX_TASKS}
 * @param clusterIds clusters without an unfinished task, at most {@link #MAX_CLUSTERS}; NoneRunning
 *     only
 * @param discoveryRef AckTaskDiscovery of the same namespace that lists the tasks of these
 *     clusters; NoneRunning only
 * @param deadline a {@link GepDuration} from the creation of the gate, after which it is overdue
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GateSpec(
    @Nullable String mode,
    @Nullable List<TaskRef> taskRefs,
    @Nullable Selector selector,
    @Nullable String since,
    @Nullable Integer count,
    @Nullable List<String> clusterIds,
    @Nullable DiscoveryRef discoveryRef,
    @Nullable String deadline) {

  public static final String ALL_SUCCEEDED = "AllSucceeded";
  public static final String NONE_RUNNING = "NoneRunning";

  /** Of {@code taskRefs}, and the highest {@code count}. */
  public static final int MAX_TASKS = 200;

  public static final int MAX_CLUSTERS = 100;

  /** Of {@link Selector#matchLabels}. */
  public static final int MAX_LABELS = 16;

  /** The empty spec. */
  public static final GateSpec NOTHING = builder().build();

  /** An AckTask of the namespace of the gate. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskRef(@Nullable String name) {}

  /**
   * Selects AckTasks that have all these labels.
   *
   * @param matchLabels at least one
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Selector(@Nullable Map<String, String> matchLabels) {}

  /** An AckTaskDiscovery of the namespace of the gate. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DiscoveryRef(@Nullable String name) {}

  /** A builder that sets nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link GateSpec} by the names of its components. */
  public static final class Builder {
    private @Nullable String mode;
    private @Nullable List<TaskRef> taskRefs;
    private @Nullable Selector selector;
    private @Nullable String since;
    private @Nullable Integer count;
    private @Nullable List<String> clusterIds;
    private @Nullable DiscoveryRef discoveryRef;
    private @Nullable String deadline;

    private Builder() {}

    public Builder mode(@Nullable String mode) {
      this.mode = mode;
      return this;
    }

    public Builder taskRefs(@Nullable List<TaskRef> taskRefs) {
      this.taskRefs = taskRefs;
      return this;
    }

    public Builder selector(@Nullable Selector selector) {
      this.selector = selector;
      return this;
    }

    public Builder since(@Nullable String since) {
      this.since = since;
      return this;
    }

    public Builder count(@Nullable Integer count) {
      this.count = count;
      return this;
    }

    public Builder clusterIds(@Nullable List<String> clusterIds) {
      this.clusterIds = clusterIds;
      return this;
    }

    public Builder discoveryRef(@Nullable DiscoveryRef discoveryRef) {
      this.discoveryRef = discoveryRef;
      return this;
    }

    public Builder deadline(@Nullable String deadline) {
      this.deadline = deadline;
      return this;
    }

    public GateSpec build() {
      return new GateSpec(
          mode, taskRefs, selector, since, count, clusterIds, discoveryRef, deadline);
    }
  }
}
