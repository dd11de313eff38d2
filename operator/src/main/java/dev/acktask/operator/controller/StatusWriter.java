package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.MinimalStatus;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.kubernetes.WriteResult;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a decision to the status if it changed. On a conflict it decides again for the current
 * object.
 */
public final class StatusWriter {
  private static final Logger log = LoggerFactory.getLogger(StatusWriter.class);

  /** Enough for a burst of edits; an attempt takes a few milliseconds. */
  private static final int MAX_ATTEMPTS = 50;

  /**
   * No attempt begins after this time, because the watchdog treats a longer reconcile as stuck. A
   * slow API server reaches it before the last attempt.
   */
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final AckTaskStore store;
  private final EventRecorder events;
  private final BiConsumer<AckTask, AckTaskStatus> onFinished;
  private final BooleanSupplier isLeader;
  private final ConcurrencyLimiter writes;
  private final LongSupplier nanoTime;

  /**
   * @param onFinished receives each final verdict once, after it was written
   * @param isLeader false once another replica may be the leader
   * @param writes limits concurrent writes and the reads before them
   * @param nanoTime monotonic clock
   */
  public StatusWriter(
      AckTaskStore store,
      EventRecorder events,
      BiConsumer<AckTask, AckTaskStatus> onFinished,
      BooleanSupplier isLeader,
      ConcurrencyLimiter writes,
      LongSupplier nanoTime) {
    this.store = store;
    this.events = events;
    this.onFinished = onFinished;
    this.isLeader = isLeader;
    this.writes = writes;
    this.nanoTime = nanoTime;
  }

  /**
   * Writes the decision of {@code decide} for {@code task}.
   *
   * @return the decision in the status; empty when the object is gone or names another task, so
   *     that the observation does not apply to it
   * @throws IllegalStateException when the object changes faster than it can be written, or another
   *     replica may be the leader
   */
  Optional<Decision> write(AckTask task, Function<AckTaskSnapshot, Decision> decide) {
    Optional<AckTask> current = Optional.of(task);
    boolean isPruned = AckTaskSnapshotFactory.of(task).isFinished();
    boolean isMinimal = false;
    long begin = nanoTime.getAsLong();
    for (int attempt = 0;
        attempt < MAX_ATTEMPTS && nanoTime.getAsLong() - begin <= MAX_NANOS;
        attempt++) {
      if (current.isEmpty()) {
        return Optional.empty();
      }
      AckTask read = current.get();
      Decision decision = decide.apply(AckTaskSnapshotFactory.of(read));
      AckTaskStatus status = isMinimal ? MinimalStatus.of(decision.status()) : decision.status();
      if (status.equals(read.getStatus())) {
        return Optional.of(decision);
      }
      if (isPruned) {
        // The cache holds the verdict only. The details are read first, or the write loses them.
        current = readAgain(task);
        isPruned = false;
        continue;
      }
      switch (put(read, status)) {
        case WriteResult.Written written -> {
          report(read, decision, isMinimal);
          return Optional.of(decision);
        }
        case WriteResult.NotFound gone -> {
          return Optional.empty();
        }
        case WriteResult.Invalid invalid -> {
          if (isMinimal) {
            throw invalid.cause();
          }
          isMinimal = true;
        }
        case WriteResult.Conflict conflict -> current = readAgain(task);
      }
    }
    throw new IllegalStateException("the object changes faster than its status can be written");
  }

  /** The current object; empty when it is gone or names another task. */
  private Optional<AckTask> readAgain(AckTask task) {
    return writes.run(() -> store.read(task)).filter(found -> isSame(task, found));
  }

  /** Checks leadership after the wait for a permit, immediately before the write. */
  private WriteResult put(AckTask read, AckTaskStatus status) {
    return writes.run(
        () -> {
          if (!isLeader.getAsBoolean()) {
            throw new IllegalStateException(
                "another replica may be the leader; nothing is written");
          }
          return store.write(read, status);
        });
  }

  private static boolean isSame(AckTask task, AckTask found) {
    return Objects.equals(task.getMetadata().getUid(), found.getMetadata().getUid())
        && Objects.equals(
            AckTaskSnapshotFactory.of(task).spec().taskId(),
            AckTaskSnapshotFactory.of(found).spec().taskId());
  }

  private void report(AckTask before, Decision decision, boolean isMinimal) {
    if (isMinimal) {
      log.warn(
          "The API server refused the details; only the verdict is written. Is an older CRD"
              + " installed?");
    }
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(before);
    for (ObjectEvent event : decision.events()) {
      log.atLevel(event.warning() ? Level.WARN : Level.INFO)
          .addKeyValue("reason", event.reason())
          .addKeyValue("taskId", snapshot.spec().taskId())
          .addKeyValue("note", event.note())
          .log("Task transition");
    }
    events.publish(before, decision.events());
    if (decision.status().completionTime() != null && !snapshot.hasFinalVerdict()) {
      onFinished.accept(before, decision.status());
    }
  }
}
