package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes an object that has outlived {@code spec.ttlSecondsAfterFinished}. */
final class Expiry {
  private static final Logger log = LoggerFactory.getLogger(Expiry.class);

  private final AckTaskStore store;
  private final BooleanSupplier mayWrite;

  /**
   * @param mayWrite false once another replica may have taken over
   */
  Expiry(AckTaskStore store, BooleanSupplier mayWrite) {
    this.store = store;
    this.mayWrite = mayWrite;
  }

  /**
   * Deletes {@code task} if it is still what was read; an edit at the last moment brings another
   * visit.
   */
  void expire(AckTask task) {
    if (task.getMetadata().getDeletionTimestamp() == null && mayWrite.getAsBoolean()) {
      log.atInfo()
          .addKeyValue("taskId", task.getSpec().taskId())
          .log("Expired, ttlSecondsAfterFinished is over");
      store.delete(task);
    }
  }
}
