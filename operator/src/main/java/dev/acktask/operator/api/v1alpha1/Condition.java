package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A condition in the form of {@code metav1.Condition}.
 *
 * @param type a {@link ConditionType}; text, so that a newer type can be read
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason a {@link Reason}; text, so that a newer reason can be read
 * @param lastTransitionTime RFC 3339; changes only when {@code status} changes
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
