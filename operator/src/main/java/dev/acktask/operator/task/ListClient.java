package dev.acktask.operator.task;

/**
 * Lists clusters and tasks of one account in one region. Each call is made once, within the
 * client's whole-call deadline; network and server errors are results, not exceptions. Order,
 * completeness and filters of the lists are not documented.
 */
public interface ListClient {
  /**
   * A page of DescribeClusterTasks, which lists the tasks of a cluster.
   *
   * @param clusterId see {@link ListedCluster#isId}
   */
  Listing<ListedTask> tasks(String clusterId, PageRequest page);

  /**
   * As {@link #tasks(String, PageRequest)}, and may return {@code known} itself instead of parsing
   * an answer that has its {@link ListPage#digest}.
   *
   * @param known an earlier page of the tasks of this cluster
   */
  default Listing<ListedTask> tasks(
      String clusterId, PageRequest page, ListPage<ListedTask> known) {
    return tasks(clusterId, page);
  }

  /** A page of DescribeClustersV1, which lists the clusters of the region. */
  Listing<ListedCluster> clusters(PageRequest page);

  /** ListOperationPlansForRegion, which lists the 100 most recent plans of ACK's maintenance. */
  Listing<MaintenancePlan> plans();
}
