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

  /** A page of DescribeClustersV1, which lists the clusters of the region. */
  Listing<ListedCluster> clusters(PageRequest page);

  /** ListOperationPlansForRegion, which lists the 100 most recent plans of ACK's maintenance. */
  Listing<MaintenancePlan> plans();
}
