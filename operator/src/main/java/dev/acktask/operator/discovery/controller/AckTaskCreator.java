package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;

/** Creates, labels and deletes AckTasks at the API server. Refusals are values. */
interface AckTaskCreator {
  /** Result of a creation. */
  sealed interface Creation {
    /**
     * The object was created.
     *
     * @param task as the API server returned it
     */
    record Created(AckTask task) implements Creation {}

    /** An object of this name exists. */
    record Exists(AckTask task) implements Creation {}

    /**
     * Nothing is known to have been created; a retry is harmless, because the name is the same.
     *
     * @param isOfNamespace true if other creations in the namespace would fail as well
     * @param message human-readable
     */
    record Refused(DiscoveryReason reason, boolean isOfNamespace, String message)
        implements Creation {}

    /** Another replica may be the leader. */
    record NotLeader() implements Creation {}
  }

  Creation create(AckTask task);

  /** Deletes the object if it is unchanged since it was {@code read}; true if it was deleted. */
  boolean delete(AckTask read);

  /** Sets a label; true if it was set. */
  boolean label(AckTask read, String key, String value);
}
