package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.decision.Subject;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Reads from an object what a decision needs. */
final class Subjects {
  private static final AckTaskSpec NOTHING = new AckTaskSpec(null, null, null, null, null);

  private Subjects() {}

  static Subject of(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    AckTaskSpec spec = task.getSpec() == null ? NOTHING : task.getSpec();
    long generation = meta.getGeneration() == null ? 0 : meta.getGeneration();
    return new Subject(
        meta.getUid(), generation, spec, task.getStatus(), StatusAuthor.isOperator(meta));
  }
}
