package dev.acktask.operator.kubernetes;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.decision.AckTaskSnapshot;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

/** Builds the input of a decision from an object. */
public final class AckTaskSnapshotFactory {
  private AckTaskSnapshotFactory() {}

  public static AckTaskSnapshot of(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    AckTaskSpec spec = task.getSpec() == null ? AckTaskSpec.NOTHING : task.getSpec();
    long generation = meta.getGeneration() == null ? 0 : meta.getGeneration();
    return AckTaskSnapshot.builder(meta.getUid(), spec)
        .generation(generation)
        .status(task.getStatus())
        .operatorWroteStatus(FieldManagers.operatorWroteStatusLast(meta))
        .created(meta.getCreationTimestamp())
        .refreshRequest(refreshRequest(meta))
        .build();
  }

  /** Value of the refresh annotation, or null. */
  public static @Nullable String refreshRequest(ObjectMeta meta) {
    return meta.getAnnotations() == null
        ? null
        : meta.getAnnotations().get(AckTask.REFRESH_REQUESTED_AT);
  }
}
