package dev.acktask.operator.polling;

import dev.acktask.operator.task.AnswerDigest;
import org.jspecify.annotations.Nullable;

/**
 * A poll that has begun. Times are values of one monotonic clock in nanoseconds.
 *
 * @param known digest of the last answer; null if the answer has to be read in full
 * @param due when it was due
 * @param start when it began
 * @param order of its start among polls and refresh requests; two may have the same time
 */
record Poll(TaskKey key, @Nullable AnswerDigest known, long due, long start, long order)
    implements Work {}
