package dev.acktask.operator.api.v1alpha1;

import java.util.Map;

/** Labels and annotations of the AckTasks that a discovery creates. */
public final class DiscoveryMetadata {
  /** Label: the name of the discovery, see {@code docs/discovery.md} for long names. */
  public static final String DISCOVERED_BY = AckTask.GROUP + "/discovered-by";

  /** Label: the cluster of the task. */
  public static final String CLUSTER_ID = AckTask.GROUP + "/cluster-id";

  /** Label: the type of the task, with {@code -} for characters that a label cannot have. */
  public static final String TASK_TYPE = AckTask.GROUP + "/task-type";

  /** Label: {@link #MAINTENANCE} where a plan of ACK's own maintenance started the task. */
  public static final String STARTED_BY = AckTask.GROUP + "/started-by";

  public static final String MAINTENANCE = "maintenance";

  /** Annotations that keep Argo CD from reporting or pruning an object that is not in Git. */
  public static final Map<String, String> ANNOTATIONS =
      Map.of(
          "argocd.argoproj.io/compare-options", "IgnoreExtraneous",
          "argocd.argoproj.io/sync-options", "Prune=false");

  private DiscoveryMetadata() {}
}
