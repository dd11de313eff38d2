package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asks for. Values are as written: an older CRD may have let anything in, so that
 * nothing here is trusted before it is parsed.
 *
 * @param taskId the ACK task to mirror; null only where no CRD guards it
 * @param clusterId the cluster that the task must belong to
 * @param pollInterval a {@link GepDuration}; null leaves it to the operator
 * @param suspend true while no call is to be made
 * @param deadline a {@link GepDuration} from the task's start; past it the task counts as late
 * @param ttlSecondsAfterFinished seconds after which a finished object is deleted; null keeps it
 * @param include {@link #INCLUDE_PARAMETERS}, {@link #INCLUDE_OUTPUTS}
 * @param successPolicy {@link #STRICT} (also when null) or {@link #STATE_ONLY}
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
    @Nullable String successPolicy) {

  public static final String INCLUDE_PARAMETERS = "Parameters";
  public static final String INCLUDE_OUTPUTS = "Outputs";
  public static final String STRICT = "Strict";
  public static final String STATE_ONLY = "StateOnly";

  /** A spec that asks for nothing. */
  public static final AckTaskSpec NOTHING =
      new AckTaskSpec(null, null, null, null, null, null, null, null);

  /** Whether the user wants no call to be made for now. */
  public boolean suspended() {
    return Boolean.TRUE.equals(suspend);
  }

  /** Whether the user opted in to {@code part}, one of the {@code INCLUDE_} words. */
  public boolean includes(String part) {
    return include != null && include.contains(part);
  }
}
