package dev.acktask.operator.kubernetes;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.decision.AckTaskSnapshot;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

/** Builds the input of a decision from an object. */
public final class AckTaskSnapshots {
  private AckTaskSnapshots() {}

  public static AckTaskSnapshot of(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    AckTaskSpec spec = task.getSpec() == null ? AckTaskSpec.NOTHING : task.getSpec();
    long generation = meta.getGeneration() == null ? 0 : meta.getGeneration();
    return new AckTaskSnapshot(
        meta.getUid(),
        generation,
        spec,
        task.getStatus(),
        FieldManagers.operatorWroteStatusLast(meta),
        meta.getCreationTimestamp(),
        refreshRequest(meta));
  }

  /** Value of the refresh annotation, or null. */
  public static @Nullable String refreshRequest(ObjectMeta meta) {
    return meta.getAnnotations() == null
        ? null
        : meta.getAnnotations().get(AckTask.REFRESH_REQUESTED_AT);
  }
}
