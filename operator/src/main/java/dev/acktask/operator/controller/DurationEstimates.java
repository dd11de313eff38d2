package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.estimate.DurationStatistics;
import dev.acktask.operator.estimate.TaskKind;
import dev.acktask.operator.estimate.UsualDurations;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long tasks usually take, from the informer's cache. All is computed again every {@link
 * #INTERVAL}, so that nothing has to be kept up to date or survive a restart. Raises an event for
 * an object that has become slower than usual, which no change and no timer would reconcile.
 */
public final class DurationEstimates extends AbstractEventSource<UsualDurations, AckTask> {
  private static final Logger log = LoggerFactory.getLogger(DurationEstimates.class);

  /** A slow task is reported at most this late. */
  static final Duration INTERVAL = Duration.ofSeconds(15);

  private final Clock clock;
  private volatile Supplier<List<AckTask>> cache = List::of;
  private volatile @Nullable Map<TaskKind, UsualDurations> usual;
  private volatile @Nullable ScheduledExecutorService timer;

  public DurationEstimates(Clock clock) {
    super(UsualDurations.class, "durations");
    this.clock = clock;
  }

  /** Sets the informer's cache, before the start. */
  void readFrom(Supplier<List<AckTask>> known) {
    cache = known;
  }

  /**
   * The usual durations of a kind of task: {@link UsualDurations#UNKNOWN} with too few tasks, null
   * before the first computation.
   */
  @Nullable UsualDurations of(Optional<TaskKind> kind) {
    Map<TaskKind, UsualDurations> computed = usual;
    return computed == null ? null : kind.map(computed::get).orElse(UsualDurations.UNKNOWN);
  }

  /** The framework starts this once the cache is complete. */
  @Override
  public void start() {
    super.start();
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("durations-", 1).factory());
    timer = started;
    Future<?> unused =
        started.scheduleWithFixedDelay(
            this::computeGuarded, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    ScheduledExecutorService running = timer;
    if (running != null) {
      running.shutdownNow();
    }
    super.stop();
  }

  @Override
  public Set<UsualDurations> getSecondaryResources(AckTask task) {
    return Set.of();
  }

  private void computeGuarded() {
    try {
      compute();
    } catch (Throwable unexpected) { // an exception would end the timer
      log.error("The usual durations could not be computed; it is repeated", unexpected);
    }
  }

  /** Computes all durations, then raises an event for each task that has become slow. */
  void compute() {
    List<AckTaskStatus> finished = new ArrayList<>();
    List<AckTask> unfinished = new ArrayList<>();
    for (AckTask task : cache.get()) {
      AckTaskStatus status = task.getStatus();
      if (status != null && AckTaskSnapshotFactory.of(task).isFinished()) {
        finished.add(status);
      } else if (status != null) {
        unfinished.add(task);
      }
    }
    usual = DurationStatistics.of(finished);
    Instant now = clock.instant();
    unfinished.stream().filter(task -> becomesSlow(task, now)).forEach(this::raiseEvent);
  }

  private boolean becomesSlow(AckTask task, Instant now) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    UsualDurations durations = of(TaskKind.of(task.getStatus()));
    return snapshot.withUsualDurations(durations).becomesSlow(now);
  }

  /** One object must not cost the others their event. */
  private void raiseEvent(AckTask task) {
    try {
      getEventHandler().handleEvent(new Event(ResourceID.fromResource(task)));
    } catch (RuntimeException unexpected) {
      log.error("A slow task could not be reconciled; it is repeated", unexpected);
    }
  }
}
