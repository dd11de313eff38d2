package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.task.TaskLookup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An observation as a decision reads it.
 *
 * @param lookup outcome of the latest poll
 * @param notFoundSince now minus the time between the first and the last of uninterrupted "not
 *     found" answers; null when unknown
 * @param connection that the poll was made with; null without one
 */
public record Observed(
    TaskLookup lookup,
    @Nullable Instant notFoundSince,
    AckTaskStatus.@Nullable Connection connection) {}
