package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.kubernetes.FieldManagers;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;

/** Decides which updates of an object trigger a reconcile. */
final class UpdateFilter {
  private UpdateFilter() {}

  /**
   * True when the spec changed, a refresh is requested, deletion began, another client wrote the
   * status, the object was recreated under the same name (a gap in the watch makes that an update),
   * or a final verdict disappeared (etcd was restored from an older backup).
   */
  static boolean accepts(AckTask now, AckTask before) {
    ObjectMeta is = now.getMetadata();
    ObjectMeta was = before.getMetadata();
    return !Objects.equals(is.getUid(), was.getUid())
        || is.getGeneration() == null
        || !is.getGeneration().equals(was.getGeneration())
        || !Objects.equals(now.getSpec(), before.getSpec())
        || !Objects.equals(
            AckTaskSnapshotFactory.refreshRequest(is), AckTaskSnapshotFactory.refreshRequest(was))
        || !Objects.equals(is.getDeletionTimestamp(), was.getDeletionTimestamp())
        || (!FieldManagers.operatorWroteStatusLast(is)
            && !Objects.equals(now.getStatus(), before.getStatus()))
        || (AckTaskSnapshotFactory.of(before).isFinished()
            && !AckTaskSnapshotFactory.of(now).isFinished());
  }
}
