package dev.acktask.simulator;

import dev.acktask.simulator.http.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API operation of a request, by its path. */
sealed interface Route {
  Pattern TASK = Pattern.compile("/tasks/([^/]+)");
  Pattern CLUSTER_TASKS = Pattern.compile("/clusters/([^/]+)/tasks");

  /** DescribeTaskInfo. */
  record Task(String taskId) implements Route {}

  /** DescribeClusterTasks. */
  record ClusterTasks(String clusterId) implements Route {}

  record Unknown() implements Route {}

  static Route of(Request request) {
    Matcher task = TASK.matcher(request.path());
    Matcher clusterTasks = CLUSTER_TASKS.matcher(request.path());
    if (request.method().equals("GET") && task.matches()) {
      return new Task(Request.decode(task.group(1)));
    }
    if (request.method().equals("GET") && clusterTasks.matches()) {
      return new ClusterTasks(Request.decode(clusterTasks.group(1)));
    }
    return new Unknown();
  }

  /** The required value of {@code x-acs-action}. */
  default String action() {
    return switch (this) {
      case Task task -> "DescribeTaskInfo";
      case ClusterTasks clusterTasks -> "DescribeClusterTasks";
      case Unknown unknown -> "";
    };
  }

  default Optional<String> taskIdIfAny() {
    return this instanceof Task task ? Optional.of(task.taskId()) : Optional.empty();
  }
}
