package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes finished objects after {@code spec.ttlSecondsAfterFinished}. */
public final class TtlCollector {
  private static final Logger log = LoggerFactory.getLogger(TtlCollector.class);

  private final AckTaskStore store;
  private final BooleanSupplier isLeader;

  /**
   * @param isLeader false once another replica may be the leader
   */
  public TtlCollector(AckTaskStore store, BooleanSupplier isLeader) {
    this.store = store;
    this.isLeader = isLeader;
  }

  /**
   * Deletes {@code task} if it is unchanged since it was read; otherwise the change triggers
   * another reconcile.
   */
  void expire(AckTask task) {
    if (task.getMetadata().getDeletionTimestamp() == null && isLeader.getAsBoolean()) {
      log.atInfo()
          .addKeyValue("taskId", task.getSpec().taskId())
          .log("Expired, ttlSecondsAfterFinished is over");
      store.delete(task);
    }
  }
}
