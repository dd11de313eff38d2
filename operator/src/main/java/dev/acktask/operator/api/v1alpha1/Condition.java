package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One aspect of the task, in the form of {@code metav1.Condition}.
 *
 * @param type a {@link ConditionType}, as text so that a foreign one can be read
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason a {@link Reason}, as text so that one of a newer operator can be read
 * @param lastTransitionTime RFC 3339; moves only when {@code status} moves
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    String type,
    String status,
    String reason,
    String message,
    @Nullable Long observedGeneration,
    String lastTransitionTime) {

  public static final String TRUE = "True";
  public static final String FALSE = "False";
  public static final String UNKNOWN = "Unknown";
}
