package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import java.util.List;
import java.util.Optional;

/** The AckTasks in the informer's cache. Thread-safe. */
public interface GateTaskCache {
  /** The AckTask with this name. */
  Optional<AckTask> find(String namespace, String name);

  /** All of a namespace. */
  List<AckTask> in(String namespace);

  /** Those of a namespace that are unfinished, and whose status or spec names this cluster. */
  List<AckTask> unfinished(String namespace, String clusterId);
}
