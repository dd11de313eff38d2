package dev.acktask.simulator;

import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.list.Page;
import dev.acktask.simulator.response.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The operations of Container Service, for one account and the region of the request. */
final class ContainerService {
  private final SimulatedAccount account;
  private final String region;
  private final Map<String, String> query;

  ContainerService(SimulatedAccount account, String region, Map<String, String> query) {
    this.account = account;
    this.region = region;
    this.query = query;
  }

  TaskRegistry.Read answer(Route.OfContainerService route) {
    return switch (route) {
      case Route.Task task -> here().registry().read(task.id());
      case Route.ClusterTasks tasks -> listed(() -> here().lists().answer(tasks.id(), query));
      case Route.Clusters all -> listed(() -> clusters(query.getOrDefault("region_id", region)));
      case Route.RegionClusters of -> listed(() -> clusters(of.region()));
      case Route.Plans all -> listed(() -> here().plans().ofAccount(query));
      case Route.RegionPlans of -> listed(() -> region(of.region()).plans().ofRegion(query));
    };
  }

  private SimulatedRegion here() {
    return region(region);
  }

  private SimulatedRegion region(String id) {
    return account.regionOfRequest(id);
  }

  private static TaskRegistry.Read listed(Supplier<Response> list) {
    try {
      return TaskRegistry.Read.without(list.get());
    } catch (IllegalArgumentException | ArithmeticException e) {
      return TaskRegistry.Read.without(
          Response.error(400, "InvalidParameter", String.valueOf(e.getMessage())));
    }
  }

  private Response clusters(String ofRegion) {
    Page page = Page.of(query, ListBehaviour.Paging.DEFAULT);
    List<Cluster> matching =
        region(ofRegion).clusters().stream()
            .filter(cluster -> matches("name", cluster.name()))
            .filter(cluster -> matches("cluster_id", cluster.id()))
            .filter(cluster -> matches("cluster_type", cluster.type()))
            .toList();
    return Response.json(200, ClusterJson.list(page, matching, ofRegion));
  }

  private boolean matches(String parameter, String value) {
    return query.getOrDefault(parameter, value).equals(value);
  }
}
