package dev.acktask.operator.polling;

import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The lists of a connection. Each call is made once; failures are results.
 *
 * @param tasks a page of the tasks of a cluster
 * @param clusters a page of the clusters
 * @param plans the plans of ACK's maintenance
 */
record ConnectionLists(
    BiFunction<String, PageRequest, Listing<ListedTask>> tasks,
    Function<PageRequest, Listing<ListedCluster>> clusters,
    Supplier<Listing<MaintenancePlan>> plans) {

  /**
   * The lists of {@code connection}.
   *
   * @param pages the last pages of the tasks
   */
  static ConnectionLists of(Connection connection, ListedPages pages) {
    return new ConnectionLists(
        (clusterId, page) ->
            pages.read(
                connection.id(),
                clusterId,
                page,
                known -> connection.listTasks(clusterId, page, known)),
        connection::listClusters,
        connection::listPlans);
  }
}
