package dev.acktask.operator.polling;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.task.TaskRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A poller without threads: polls run when the test says so, on a simulated clock. */
public final class SimulatedPoller {
  private static final long CACHE_BYTES = 10_000_000;

  private final ObservationCache observations = new ObservationCache(CACHE_BYTES);
  private final TaskPoller poller;
  private final List<ResourceID> events = new ArrayList<>();

  public SimulatedPoller(
      ConnectionResolver connections,
      PollSchedule schedule,
      Clock clock,
      LongSupplier nanoTime,
      OperatorMetrics metrics,
      Runnable exit) {
    this.poller =
        new TaskPoller(
            connections,
            new PollContext(
                schedule, observations, new ListedPages(1_000_000, nanoTime), clock, nanoTime),
            new PollExecution(Runnable::run, 64, metrics, exit));
    poller.setEventHandler(event -> events.add(event.getRelatedCustomResourceID()));
  }

  public TaskPoller poller() {
    return poller;
  }

  /** The informer has a new or changed object. */
  public void put(AckTask task) {
    poller.onResourceCreated(task);
  }

  public void delete(AckTask task) {
    poller.onResourceDeleted(task);
  }

  /** Drops the observation of a task, as a full cache does. */
  public void dropObservation(String taskId) {
    for (ConnectionPoller each : poller.pollers()) {
      observations.remove(new TaskKey(each.connection().id(), new TaskRef(taskId)));
    }
  }

  /** The process shuts down. */
  public void stop() {
    poller.stop();
  }

  /** Runs one poll that is due; false if none is, or the budget does not allow it. */
  public boolean poll() {
    return poller.pollers().stream().anyMatch(each -> each.step().isZero());
  }

  /** The objects for which events were raised since the last call. */
  public List<ResourceID> takeEvents() {
    List<ResourceID> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** Time until the next poll, by its due time and the budget; empty if none is scheduled. */
  public Optional<Duration> untilNextPoll() {
    return poller.pollers().stream()
        .flatMap(each -> untilNextPoll(each).stream())
        .min(Comparator.naturalOrder());
  }

  private static Optional<Duration> untilNextPoll(ConnectionPoller each) {
    return each.tasks()
        .untilDue()
        .map(due -> due.isPositive() ? due : each.connection().tryAcquire());
  }
}
