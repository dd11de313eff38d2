package dev.acktask.simulator.account;

/**
 * A cluster of a region.
 *
 * @param type the API's {@code cluster_type}, for example {@code ManagedKubernetes}
 * @param state the API's {@code state}, for example {@code running}
 */
public record Cluster(String id, String name, String type, String version, String state) {
  public static final String DEFAULT_TYPE = "ManagedKubernetes";
  public static final String DEFAULT_VERSION = "1.35.0-aliyun.1";
  public static final String DEFAULT_STATE = "running";

  /** A running managed cluster with its id as name. */
  public static Cluster of(String id) {
    return new Cluster(id, id, DEFAULT_TYPE, DEFAULT_VERSION, DEFAULT_STATE);
  }

  public Cluster named(String newName) {
    return new Cluster(id, newName, type, version, state);
  }
}
