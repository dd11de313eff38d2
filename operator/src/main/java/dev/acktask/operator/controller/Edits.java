package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Objects;

/** Which changes of an object are a reason to visit it; its own timer comes besides. */
final class Edits {
  private Edits() {}

  /**
   * True when the spec changed, when a fresh look is asked for, when deletion began, when another
   * object took the name (after a gap in the watch that looks like an update), when somebody else
   * wrote the status, or when a final verdict is gone: etcd was restored from a backup in which the
   * operator itself had not written it yet.
   */
  static boolean matter(AckTask now, AckTask before) {
    ObjectMeta is = now.getMetadata();
    ObjectMeta was = before.getMetadata();
    return !Objects.equals(is.getUid(), was.getUid())
        || is.getGeneration() == null
        || !is.getGeneration().equals(was.getGeneration())
        || !Objects.equals(now.getSpec(), before.getSpec())
        || !Objects.equals(Subjects.refreshRequest(is), Subjects.refreshRequest(was))
        || !Objects.equals(is.getDeletionTimestamp(), was.getDeletionTimestamp())
        || (!StatusAuthor.isOperator(is) && !Objects.equals(now.getStatus(), before.getStatus()))
        || (Subjects.of(before).finished() && !Subjects.of(now).finished());
  }
}
