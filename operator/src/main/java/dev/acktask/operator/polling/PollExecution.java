package dev.acktask.operator.polling;

import dev.acktask.operator.metrics.OperatorMetrics;
import java.util.concurrent.Executor;

/**
 * How polls are run.
 *
 * @param polls runs them; must never reject one
 * @param maxConcurrent maximum number of concurrent calls of one connection
 * @param exit ends the process at once; called after an OutOfMemoryError
 */
public record PollExecution(
    Executor polls, int maxConcurrent, OperatorMetrics metrics, Runnable exit) {}
