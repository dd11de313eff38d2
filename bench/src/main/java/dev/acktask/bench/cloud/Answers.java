package dev.acktask.bench.cloud;

import java.time.Duration;

/**
 * The answers of the cloud.
 *
 * @param latency of each answer
 * @param varying true gives each answer about a task a different request id
 * @param clusters of the tasks, and their lists
 */
public record Answers(Duration latency, boolean varying, Clusters clusters) {}
