package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an {@link AckTaskGate} is open.
 *
 * @param phase a {@link GatePhase}; text, so that a newer phase can be read
 * @param done how many of the tasks succeeded, or of the clusters are quiet, for example {@code
 *     3/5}
 * @param blocking names of what the gate waits for, or of what closed it; bounded, null if nothing
 * @param conditions those of an AckTask ({@link ConditionType})
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GateStatus(
    @Nullable Long observedGeneration,
    @Nullable String phase,
    @Nullable String done,
    @Nullable String blocking,
    List<Condition> conditions) {

  /** Characters of {@link #blocking}. */
  public static final int MAX_BLOCKING = 256;

  /** An absent list equals an empty one, because the API server does not store the difference. */
  public GateStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
