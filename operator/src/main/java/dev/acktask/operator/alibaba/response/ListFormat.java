package dev.acktask.operator.alibaba.response;

import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.MaintenancePlan;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One kind of list: where an answer has it, and what its entries are.
 *
 * @param <T> an entry
 */
public final class ListFormat<T> {
  private static final String NO_REGION_LIST =
      "The endpoint knows no such list (%s). Check the endpoint, and the connection's region and"
          + " account.";
  private static final ListFormat<ListedCluster> CLUSTERS =
      new ListFormat<>(
          "clusters",
          Set.of("cluster_id", "name", "region_id"),
          ListFormat::cluster,
          ListedCluster::clusterId,
          new ListSubject("cs:DescribeClustersV1 (or cs:GetClusters)", "*", NO_REGION_LIST));
  private static final ListFormat<MaintenancePlan> PLANS =
      new ListFormat<>(
          "plans",
          Set.of("plan_id", "cluster_id", "task_id", "type"),
          ListFormat::plan,
          MaintenancePlan::planId,
          new ListSubject("cs:ListOperationPlansForRegion", "*", NO_REGION_LIST));

  private final String field;
  private final Set<String> fields;
  private final Function<ListEntry, Optional<T>> reader;
  private final Function<T, String> id;
  private final ListSubject subject;

  private ListFormat(
      String field,
      Set<String> fields,
      Function<ListEntry, Optional<T>> reader,
      Function<T, String> id,
      ListSubject subject) {
    this.field = field;
    this.fields = fields;
    this.reader = reader;
    this.id = id;
    this.subject = subject;
  }

  /**
   * The tasks of a cluster. Entries name no cluster; one that names another is left out.
   *
   * @param clusterId a valid id
   */
  public static ListFormat<ListedTask> tasks(String clusterId) {
    return new ListFormat<>(
        "tasks",
        Set.of("task_id", "task_type", "state", "created", "updated", "cluster_id"),
        entry -> task(entry, clusterId),
        listed -> listed.task().taskId(),
        new ListSubject(
            "cs:DescribeClusterTasks",
            "acs:cs:*:*:cluster/" + clusterId,
            "Alibaba Cloud has no cluster "
                + clusterId
                + " in this region and account (%s). Check the cluster id and whether the cluster"
                + " was deleted, and the connection's region and account."));
  }

  /** The clusters of a region. */
  public static ListFormat<ListedCluster> clusters() {
    return CLUSTERS;
  }

  /** The plans of the maintenance in a region. */
  public static ListFormat<MaintenancePlan> plans() {
    return PLANS;
  }

  private static Optional<ListedTask> task(ListEntry entry, String clusterId) {
    return entry.isOfAnotherCluster(clusterId)
        ? Optional.empty()
        : entry
            .id("task_id")
            .map(
                task ->
                    new ListedTask(
                        task,
                        entry.word("task_type"),
                        entry.verbatim("state"),
                        entry.instant("created"),
                        entry.time("updated")));
  }

  private static Optional<ListedCluster> cluster(ListEntry entry) {
    return entry
        .clusterId()
        .map(id -> new ListedCluster(id, entry.word("name"), entry.word("region_id")));
  }

  private static Optional<MaintenancePlan> plan(ListEntry entry) {
    return entry
        .id("plan_id")
        .map(
            plan ->
                new MaintenancePlan(
                    plan.taskId(),
                    entry.clusterId().orElse(null),
                    entry.id("task_id").orElse(null),
                    entry.word("type")));
  }

  /** Name of the list in the answer. */
  String field() {
    return field;
  }

  /** Names of the texts of an entry. */
  Set<String> fields() {
    return fields;
  }

  /** The item of {@code entry}; empty if it is not usable. */
  Optional<T> item(ListEntry entry) {
    return reader.apply(entry);
  }

  /** Unique in the list. */
  String id(T item) {
    return id.apply(item);
  }

  /** True if the answer also has the number of all entries. */
  boolean isCounted() {
    return this != PLANS;
  }

  ListSubject subject() {
    return subject;
  }
}
