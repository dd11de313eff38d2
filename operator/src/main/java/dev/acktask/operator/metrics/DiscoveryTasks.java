package dev.acktask.operator.metrics;

/**
 * A number of tasks that a discovery selects.
 *
 * @param tasks all of them
 * @param withoutAckTask those that have no AckTask and never had one
 */
public record DiscoveryTasks(Series series, int tasks, int withoutAckTask) {
  /**
   * The labels.
   *
   * @param discovery {@code namespace/name}
   * @param type bounded, also in the number of values
   * @param state a name of {@code TaskState} in lower case
   */
  public record Series(String discovery, String clusterId, String type, String state) {}
}
