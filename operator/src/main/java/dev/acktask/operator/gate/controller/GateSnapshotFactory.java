package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.gate.GateSnapshot;
import dev.acktask.operator.kubernetes.FieldManagers;
import dev.acktask.operator.text.CloudTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;

/** Builds the input of a decision from a gate. */
final class GateSnapshotFactory {
  private GateSnapshotFactory() {}

  static GateSnapshot of(AckTaskGate object) {
    ObjectMeta meta = object.getMetadata();
    return new GateSnapshot(
        meta.getUid(),
        Objects.requireNonNullElse(meta.getGeneration(), 0L),
        CloudTime.instant(meta.getCreationTimestamp()),
        Objects.requireNonNullElse(object.getSpec(), GateSpec.NOTHING),
        object.getStatus(),
        FieldManagers.operatorWroteStatusLast(meta));
  }
}
