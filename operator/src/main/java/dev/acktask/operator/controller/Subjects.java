package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.decision.Subject;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

/** Reads from an object what a decision needs. */
final class Subjects {
  private Subjects() {}

  static Subject of(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    AckTaskSpec spec = task.getSpec() == null ? AckTaskSpec.NOTHING : task.getSpec();
    long generation = meta.getGeneration() == null ? 0 : meta.getGeneration();
    return new Subject(
        meta.getUid(),
        generation,
        spec,
        task.getStatus(),
        StatusAuthor.isOperator(meta),
        meta.getCreationTimestamp(),
        refreshRequest(meta));
  }

  static @Nullable String refreshRequest(ObjectMeta meta) {
    return meta.getAnnotations() == null
        ? null
        : meta.getAnnotations().get(AckTask.REFRESH_REQUESTED_AT);
  }
}
