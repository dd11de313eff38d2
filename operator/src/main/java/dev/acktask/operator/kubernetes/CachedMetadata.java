package dev.acktask.operator.kubernetes;

import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * Reduces the metadata of a cached object to what decisions read. Users control its size: each
 * client that manages fields has an entry with all their names.
 */
final class CachedMetadata {
  private CachedMetadata() {}

  /** Removes the unneeded parts from {@code meta} itself. */
  static void prune(ObjectMeta meta) {
    String refresh = AckTaskSnapshotFactory.refreshRequest(meta);
    meta.setAnnotations(
        refresh == null
            ? Map.of()
            : Map.of(AckTask.REFRESH_REQUESTED_AT, CacheLimits.truncate(refresh)));
    Map<String, String> labels = meta.getLabels();
    meta.setLabels(labels == null ? Map.of() : CachedLabels.prune(labels));
    meta.setOwnerReferences(List.of());
    meta.setFinalizers(List.of());
    List<ManagedFieldsEntry> managers = meta.getManagedFields();
    if (managers != null) {
      meta.setManagedFields(FieldManagers.decisive(managers));
    }
  }
}
