package dev.acktask.simulator;

import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.TaskJson;
import dev.acktask.simulator.script.TaskView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
      case Route.Task task -> registry().read(task.id());
      case Route.ClusterTasks tasks -> listed(page -> tasks(page, tasks.clusterId()));
      case Route.Clusters all ->
          listed(page -> clusters(page, query.getOrDefault("region_id", region)));
      case Route.RegionClusters of -> listed(page -> clusters(page, of.region()));
    };
  }

  private TaskRegistry registry() {
    return account.regionOfRequest(region).registry();
  }

  private TaskRegistry.Read listed(Function<Page, Response> list) {
    return TaskRegistry.Read.without(pageOr400(list));
  }

  private Response pageOr400(Function<Page, Response> list) {
    try {
      return list.apply(Page.of(query));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Response.error(400, "InvalidParameter", String.valueOf(e.getMessage()));
    }
  }

  private Response tasks(Page page, String clusterId) {
    List<TaskView> tasks = registry().ofCluster(clusterId);
    Response response = Response.json(200, "");
    String requestId = Header.first(response.headers(), Response.REQUEST_ID).orElse("");
    return response.body(
        Body.of(
            TaskJson.list(
                page.of(tasks),
                page.number(),
                page.size(),
                tasks.size(),
                page.nextToken(tasks),
                requestId)));
  }

  private Response clusters(Page page, String ofRegion) {
    List<Cluster> matching =
        account.regionOfRequest(ofRegion).clusters().stream()
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
