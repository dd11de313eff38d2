package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;

/** Decides which updates of a gate trigger a reconcile. */
final class GateUpdateFilter {
  private GateUpdateFilter() {}

  /**
   * True when spec or status changed, deletion began, or the object was recreated under the same
   * name. A changed status is mostly the operator's own, which is decided again without a write;
   * otherwise another client wrote it, or etcd was restored from a backup.
   */
  static boolean accepts(AckTaskGate now, AckTaskGate before) {
    ObjectMeta is = now.getMetadata();
    ObjectMeta was = before.getMetadata();
    return !Objects.equals(is.getUid(), was.getUid())
        || !Objects.equals(is.getGeneration(), was.getGeneration())
        || !Objects.equals(is.getDeletionTimestamp(), was.getDeletionTimestamp())
        || !Objects.equals(now.getSpec(), before.getSpec())
        || !Objects.equals(now.getStatus(), before.getStatus());
  }
}
