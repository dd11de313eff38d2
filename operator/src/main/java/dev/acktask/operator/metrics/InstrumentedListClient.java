package dev.acktask.operator.metrics;

import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Counts and times lists. */
final class InstrumentedListClient implements ListClient {
  private final ListClient client;
  private final Function<String, Optional<OperationMeters>> meters;

  /**
   * @param meters by operation, requested for each call, so that an operation without a call has no
   *     series; empty when the connection was removed
   */
  InstrumentedListClient(ListClient client, Function<String, Optional<OperationMeters>> meters) {
    this.client = client;
    this.meters = meters;
  }

  @Override
  public Listing<ListedTask> tasks(String clusterId, PageRequest page) {
    return measure("DescribeClusterTasks", () -> client.tasks(clusterId, page));
  }

  @Override
  public Listing<ListedTask> tasks(String clusterId, PageRequest page, ListPage<ListedTask> known) {
    return measure("DescribeClusterTasks", () -> client.tasks(clusterId, page, known));
  }

  @Override
  public Listing<ListedCluster> clusters(PageRequest page) {
    return measure("DescribeClustersV1", () -> client.clusters(page));
  }

  @Override
  public Listing<MaintenancePlan> plans() {
    return measure("ListOperationPlansForRegion", client::plans);
  }

  private <T> Listing<T> measure(String operation, Supplier<Listing<T>> call) {
    return meters.apply(operation).map(registered -> registered.list(call)).orElseGet(call);
  }
}
