package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.decision.Decision;
import dev.acktask.operator.decision.MinimalStatus;
import dev.acktask.operator.decision.Subject;
import dev.acktask.operator.decision.TaskEvent;
import java.util.List;
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
 * Brings a decision into the status. Nothing is written when nothing changed, and nothing is
 * forced: on a conflict the decision is made again on the object as it is now. So it is when
 * something is to be written about a finished task, of which the cache holds the verdict only (see
 * {@link Abridgement}): its details would be lost.
 */
final class StatusWriter {
  private static final Logger log = LoggerFactory.getLogger(StatusWriter.class);

  /** Enough to get through a storm of edits, at a few milliseconds each. */
  private static final int ATTEMPTS = 50;

  /**
   * No further attempt is begun after this time, where the API server is slow as well: the visit
   * would hold its worker for so long that the watchdog takes it for stuck.
   */
  private static final long ATTEMPTING_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final AckTaskStore store;
  private final EventPublisher events;
  private final BiConsumer<AckTask, AckTaskStatus> finished;
  private final BooleanSupplier mayWrite;
  private final FewAtOnce writes;
  private final LongSupplier nanoTime;

  /**
   * @param finished is told once of each task whose final verdict was written, and never of one
   *     that the object already showed
   * @param mayWrite false once another replica may have taken over
   * @param writes how many of them, and of the reads before them, may be under way
   * @param nanoTime monotonic clock
   */
  StatusWriter(
      AckTaskStore store,
      EventPublisher events,
      BiConsumer<AckTask, AckTaskStatus> finished,
      BooleanSupplier mayWrite,
      FewAtOnce writes,
      LongSupplier nanoTime) {
    this.store = store;
    this.events = events;
    this.finished = finished;
    this.mayWrite = mayWrite;
    this.writes = writes;
    this.nanoTime = nanoTime;
  }

  /**
   * Writes what {@code decide} says of {@code task}.
   *
   * @return the decision that now holds; empty when the object is gone or asks for another task, so
   *     that what was seen says nothing about it
   * @throws IllegalStateException when others changed the object faster than it could be written,
   *     or this replica may not write any more
   */
  Optional<Decision> write(AckTask task, Function<Subject, Decision> decide) {
    AckTask current = task;
    boolean minimal = false;
    long begin = nanoTime.getAsLong();
    for (int attempt = 1;
        attempt <= ATTEMPTS && nanoTime.getAsLong() - begin <= ATTEMPTING_NANOS;
        attempt++) {
      Subject subject = Subjects.of(current);
      Decision decision = decide.apply(subject);
      AckTaskStatus status = minimal ? MinimalStatus.of(decision.status()) : decision.status();
      if (status.equals(current.getStatus())) {
        return Optional.of(decision);
      }
      // What is abridged is not what is stored: as after a conflict, the whole is read first.
      boolean abridged = attempt == 1 && subject.finished();
      switch (abridged ? new AckTaskStore.Write.Conflict() : put(current, status)) {
        case AckTaskStore.Write.Done done -> {
          if (minimal) {
            log.warn(
                "Details refused by the API server, the verdict is written without them; is an"
                    + " older CRD installed?");
          }
          tell(current, decision.events());
          if (decision.status().completionTime() != null && !subject.showsVerdict()) {
            finished.accept(current, decision.status());
          }
          return Optional.of(decision);
        }
        case AckTaskStore.Write.Gone gone -> {
          return Optional.empty();
        }
        case AckTaskStore.Write.Refused refused -> {
          if (minimal) {
            throw refused.why();
          }
          minimal = true;
        }
        case AckTaskStore.Write.Conflict conflict -> {
          Optional<AckTask> fresh =
              writes.run(() -> store.read(task)).filter(found -> isSame(task, found));
          if (fresh.isEmpty()) {
            return Optional.empty();
          }
          current = fresh.get();
        }
      }
    }
    throw new IllegalStateException("the object changes faster than its status can be written");
  }

  /** Asks who leads when the turn has come, and not before the wait for it. */
  private AckTaskStore.Write put(AckTask read, AckTaskStatus status) {
    return writes.run(
        () -> {
          if (!mayWrite.getAsBoolean()) {
            throw new IllegalStateException("another replica may lead by now; nothing is written");
          }
          return store.write(read, status);
        });
  }

  private static boolean isSame(AckTask task, AckTask found) {
    return Objects.equals(task.getMetadata().getUid(), found.getMetadata().getUid())
        && Objects.equals(Subjects.of(task).spec().taskId(), Subjects.of(found).spec().taskId());
  }

  private void tell(AckTask task, List<TaskEvent> told) {
    String taskId = Subjects.of(task).spec().taskId();
    for (TaskEvent event : told) {
      Level level = event.warning() ? Level.WARN : Level.INFO;
      log.atLevel(level)
          .addKeyValue("reason", event.reason())
          .addKeyValue("taskId", taskId)
          .addKeyValue("note", event.note())
          .log("Task transition");
    }
    events.publish(task, told);
  }
}
