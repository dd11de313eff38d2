package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.TaskSpec;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.discovery.DiscoverySettings;
import dev.acktask.operator.discovery.ObjectNames;
import dev.acktask.operator.task.ListedTask;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds the AckTasks of one discovery.
 *
 * @param discovery metadata of its object
 */
record AckTaskFactory(ObjectMeta discovery, DiscoverySettings settings) {
  /**
   * The AckTask of {@code task}.
   *
   * @param name see {@link ObjectNames}
   * @param startedBy value of the label {@link DiscoveryMetadata#STARTED_BY}; null for none
   */
  AckTask create(String name, ClusterKey cluster, ListedTask task, @Nullable String startedBy) {
    AckTask object = new AckTask();
    ObjectMetaBuilder meta =
        new ObjectMetaBuilder()
            .withNamespace(discovery.getNamespace())
            .withName(name)
            .withLabels(labels(cluster, task, startedBy))
            .withAnnotations(annotations());
    if (settings.options().ownsTasks()) {
      meta.withOwnerReferences(
          new OwnerReferenceBuilder()
              .withApiVersion(HasMetadata.getApiVersion(AckTaskDiscovery.class))
              .withKind(AckTaskDiscovery.KIND)
              .withName(discovery.getName())
              .withUid(discovery.getUid())
              .build());
    }
    object.setMetadata(meta.build());
    object.setSpec(spec(cluster, task));
    return object;
  }

  private Map<String, String> labels(
      ClusterKey cluster, ListedTask task, @Nullable String startedBy) {
    Map<String, String> labels = new HashMap<>(settings.template().metadata().labels());
    labels.put(DiscoveryMetadata.DISCOVERED_BY, ObjectNames.discoveryLabel(discovery.getName()));
    labels.put(DiscoveryMetadata.CLUSTER_ID, ObjectNames.label(cluster.clusterId()));
    labels.put(
        DiscoveryMetadata.TASK_TYPE,
        ObjectNames.label(Objects.requireNonNullElse(task.type(), "")));
    if (startedBy != null) {
      labels.put(DiscoveryMetadata.STARTED_BY, startedBy);
    }
    return labels;
  }

  private Map<String, String> annotations() {
    Map<String, String> annotations = new HashMap<>(settings.template().metadata().annotations());
    annotations.putAll(DiscoveryMetadata.ANNOTATIONS);
    return annotations;
  }

  private AckTaskSpec spec(ClusterKey cluster, ListedTask task) {
    TaskSpec template = settings.template().spec();
    return AckTaskSpec.builder()
        .taskId(task.task().taskId())
        .clusterId(cluster.clusterId())
        .connectionRef(reference(cluster.connection()))
        .pollInterval(template.pollInterval())
        .deadline(template.deadline())
        .ttlSecondsAfterFinished(
            Objects.requireNonNullElse(
                template.ttlSecondsAfterFinished(), TaskSpec.DEFAULT_TTL_SECONDS))
        .include(template.include())
        .successPolicy(template.successPolicy())
        .build();
  }

  /** Names the connection, so that a later default does not change it; the built-in has no name. */
  private static @Nullable ConnectionRef reference(ConnectionKey connection) {
    return switch (connection.kind()) {
      case BUILT_IN -> null;
      case NAMESPACED -> new ConnectionRef(AckConnection.KIND, connection.name());
      case CLUSTER -> new ConnectionRef(ClusterAckConnection.KIND, connection.name());
    };
  }
}
