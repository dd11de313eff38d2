package dev.acktask.simulator;

import dev.acktask.simulator.http.Request;
import dev.acktask.simulator.operation.Operation;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API operation of a request, by its method and path. */
sealed interface Route {
  Pattern TASK = Pattern.compile("/tasks/([^/]+)");
  Pattern CLUSTER_TASKS = Pattern.compile("/clusters/([^/]+)/tasks");
  Pattern REGION_CLUSTERS = Pattern.compile("/regions/([^/]+)/clusters");
  Pattern REGION_PLANS = Pattern.compile("/regions/([^/]+)/operation/plans");
  String CLUSTERS = "/api/v1/clusters";
  String PLANS = "/operation/plans";

  Operation operation();

  /** The task that the path names. */
  default Optional<String> taskId() {
    return this instanceof Task task ? Optional.of(task.id()) : Optional.empty();
  }

  /** The cluster whose tasks are listed. */
  default Optional<String> clusterId() {
    return this instanceof ClusterTasks tasks ? Optional.of(tasks.id()) : Optional.empty();
  }

  /** An operation that needs a signature. */
  sealed interface Signed extends Route {}

  /** An operation of Container Service. */
  sealed interface OfContainerService extends Signed {}

  /** DescribeTaskInfo. */
  record Task(String id) implements OfContainerService {
    @Override
    public Operation operation() {
      return Operation.DESCRIBE_TASK_INFO;
    }
  }

  /** DescribeClusterTasks. */
  record ClusterTasks(String id) implements OfContainerService {
    @Override
    public Operation operation() {
      return Operation.DESCRIBE_CLUSTER_TASKS;
    }
  }

  /** DescribeClustersV1. */
  record Clusters() implements OfContainerService {
    @Override
    public Operation operation() {
      return Operation.DESCRIBE_CLUSTERS_V1;
    }
  }

  /** DescribeClustersForRegion. */
  record RegionClusters(String region) implements OfContainerService {
    @Override
    public Operation operation() {
      return Operation.DESCRIBE_CLUSTERS_FOR_REGION;
    }
  }

  /** ListOperationPlans. */
  record Plans() implements OfContainerService {
    @Override
    public Operation operation() {
      return Operation.LIST_OPERATION_PLANS;
    }
  }

  /** ListOperationPlansForRegion. */
  record RegionPlans(String region) implements OfContainerService {
    @Override
    public Operation operation() {
      return Operation.LIST_OPERATION_PLANS_FOR_REGION;
    }
  }

  /** AssumeRole. */
  record AssumeRole() implements Signed {
    @Override
    public Operation operation() {
      return Operation.ASSUME_ROLE;
    }
  }

  /** AssumeRoleWithOIDC. */
  record AssumeRoleWithOidc() implements Route {
    @Override
    public Operation operation() {
      return Operation.ASSUME_ROLE_WITH_OIDC;
    }
  }

  /** Empty when no operation has this method and path. */
  static Optional<Route> of(Request request) {
    if (request.path().equals("/")) {
      return ofSts(request);
    }
    return request.method().equals("GET") ? ofGet(request.path()) : Optional.empty();
  }

  /** The operation of a request to STS is a parameter, or that of its signature. */
  private static Optional<Route> ofSts(Request request) {
    String action =
        Optional.ofNullable(request.parameters().get("Action"))
            .or(() -> request.header("x-acs-action"))
            .orElse("");
    return switch (action) {
      case "AssumeRole" -> Optional.of(new AssumeRole());
      case "AssumeRoleWithOIDC" -> Optional.of(new AssumeRoleWithOidc());
      default -> Optional.empty();
    };
  }

  private static Optional<Route> ofGet(String path) {
    Matcher task = TASK.matcher(path);
    if (task.matches()) {
      return Optional.of(new Task(Request.decode(task.group(1))));
    }
    Matcher clusterTasks = CLUSTER_TASKS.matcher(path);
    if (clusterTasks.matches()) {
      return Optional.of(new ClusterTasks(Request.decode(clusterTasks.group(1))));
    }
    Matcher regionClusters = REGION_CLUSTERS.matcher(path);
    if (regionClusters.matches()) {
      return Optional.of(new RegionClusters(Request.decode(regionClusters.group(1))));
    }
    Matcher regionPlans = REGION_PLANS.matcher(path);
    if (regionPlans.matches()) {
      return Optional.of(new RegionPlans(Request.decode(regionPlans.group(1))));
    }
    return switch (path) {
      case CLUSTERS -> Optional.of(new Clusters());
      case PLANS -> Optional.of(new Plans());
      default -> Optional.empty();
    };
  }
}
