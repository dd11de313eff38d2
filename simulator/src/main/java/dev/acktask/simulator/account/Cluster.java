package dev.acktask.simulator.account;

/**
 * A cluster of a region.
 *
 * @param type the API's {@code cluster_type}, for example {@code ManagedKubernetes}
 * @param state the API's {@code state}, for example {@code running}
 * @param history number of generated tasks that finished within the last day
 */
public record Cluster(
    String id, String name, String type, String version, String state, int history) {
  public static final String DEFAULT_TYPE = "ManagedKubernetes";
  public static final String DEFAULT_VERSION = "1.35.0-aliyun.1";
  public static final String DEFAULT_STATE = "running";

  /** A running managed cluster with its id as name, without generated tasks. */
  public static Cluster of(String id) {
    return new Cluster(id, id, DEFAULT_TYPE, DEFAULT_VERSION, DEFAULT_STATE, 0);
  }

  public Cluster named(String newName) {
    return new Cluster(id, newName, type, version, state, history);
  }

  /** The same cluster with {@code tasks} generated tasks that finished within the last day. */
  public Cluster withHistory(int tasks) {
    return new Cluster(id, name, type, version, state, tasks);
  }
}
