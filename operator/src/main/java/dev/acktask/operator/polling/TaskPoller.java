package dev.acktask.operator.polling;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the unfinished tasks of a connection and raises an event for each object whose observation
 * changed. An unchanged poll raises none. An event of Kubernetes never causes a poll, except for a
 * refresh request.
 *
 * <p>One thread decides whose turn it is; each poll runs on a thread of {@code polls}. Nothing that
 * a callback or a poll throws ends the polling.
 */
public final class TaskPoller extends AbstractEventSource<TaskLookup, AckTask>
    implements ResourceEventAware<AckTask>, Observations, HealthCheck {
  private static final Logger log = LoggerFactory.getLogger(TaskPoller.class);

  /** Longest time between two checks of the queue. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(5);

  private static final String UNEXPECTED =
      "The poll failed in the operator; see its log. It is repeated.";

  /** A step takes no time; a longer pause means that the thread has ended. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(80);

  private final Connection connection;
  private final ConnectionTasks tasks;
  private final Executor polls;
  private final Semaphore slots;
  private final RunningPolls running = new RunningPolls();
  private final OperatorMetrics metrics;
  private final Runnable exit;
  private final Thread loop;
  private volatile boolean isStopped;
  private volatile long lastStep;

  /** True if the budget delayed the next poll. */
  private boolean isLimited;

  /**
   * @param polls runs the polls; must never reject one
   * @param maxConcurrent maximum number of concurrent calls to the cloud
   * @param exit ends the process at once; called after an OutOfMemoryError
   */
  public TaskPoller(
      Connection connection,
      ConnectionTasks tasks,
      Executor polls,
      int maxConcurrent,
      OperatorMetrics metrics,
      Runnable exit) {
    super(TaskLookup.class, "polls");
    this.connection = connection;
    this.tasks = tasks;
    this.polls = polls;
    this.slots = new Semaphore(maxConcurrent);
    this.exit = exit;
    this.metrics = metrics;
    this.lastStep = tasks.now();
    this.loop = Thread.ofVirtual().name("poller-" + connection.name()).unstarted(this::run);
  }

  @Override
  public void onResourceCreated(AckTask task) {
    track(task);
  }

  @Override
  public void onResourceUpdated(AckTask task, AckTask before) {
    track(task);
  }

  @Override
  public void onResourceDeleted(AckTask task) {
    guard(() -> tasks.remove(ResourceID.fromResource(task)));
  }

  /** Ends the polls of all other namespaces; the informer reports no deletion of their objects. */
  public void retainNamespaces(Set<String> namespaces) {
    guard(() -> tasks.retainNamespaces(namespaces));
  }

  @Override
  public Optional<Latest> latest(AckTask task) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    Optional<Latest> latest = tasks.latest(ResourceID.fromResource(task), snapshot);
    if (latest.isEmpty()) {
      wakeUp(); // a poll may be due in place of an observation that is not in memory any more
    }
    return latest;
  }

  @Override
  public void release(AckTask task, Latest latest) {
    tasks.release(ResourceID.fromResource(task), AckTaskSnapshotFactory.of(task), latest);
  }

  @Override
  public Duration waitingFor(AckTask task) {
    return tasks.waitingFor(ResourceID.fromResource(task), AckTaskSnapshotFactory.of(task));
  }

  @Override
  public Set<TaskLookup> getSecondaryResources(AckTask task) {
    return Set.of();
  }

  @Override
  public void start() {
    super.start();
    loop.start();
  }

  /** Starts no further poll. Of those under way only a complete answer counts. */
  @Override
  public void stop() {
    isStopped = true;
    wakeUp();
    super.stop();
  }

  /** Dead if nothing decides about polls any more, or a poll does not end. */
  @Override
  public Health check() {
    Duration silence = Duration.ofNanos(tasks.now() - lastStep);
    if (loop.getState() != Thread.State.NEW && silence.compareTo(MAX_SILENCE) > 0) {
      return new Health.Dead("the poller has not run for " + silence.toSeconds() + " s");
    }
    return running
        .longest(tasks.now())
        .filter(longest -> longest.compareTo(MAX_SILENCE) > 0)
        .<Health>map(
            longest -> new Health.Dead("a poll has been running for " + longest.toSeconds() + " s"))
        .orElseGet(Health.Alive::new);
  }

  /**
   * Starts the poll whose turn it is, if the budget and the limit of concurrent calls allow.
   *
   * @return the wait before the next attempt; zero after a poll was started
   */
  Duration step() {
    lastStep = tasks.now();
    Optional<Duration> untilDue = tasks.untilDue();
    if (untilDue.isEmpty() || untilDue.get().isPositive()) {
      return untilDue.filter(wait -> wait.compareTo(MAX_IDLE) < 0).orElse(MAX_IDLE);
    }
    if (!slots.tryAcquire()) {
      return MAX_IDLE; // the end of a poll wakes this thread
    }
    Duration budget = connection.tryAcquire();
    if (budget.isPositive()) {
      isLimited = true;
      slots.release();
      return budget.compareTo(MAX_IDLE) < 0 ? budget : MAX_IDLE;
    }
    tasks
        .begin()
        .ifPresentOrElse(
            poll -> {
              running.add(poll);
              polls.execute(() -> run(poll));
              Duration delay = Duration.ofNanos(poll.start() - poll.due());
              boolean hasWaited = isLimited;
              isLimited = false;
              guard(
                  () -> {
                    metrics.pollStarted(delay);
                    metrics.budgetAcquired(hasWaited ? delay : Duration.ZERO);
                  });
            },
            slots::release);
    return Duration.ZERO;
  }

  private void run() {
    while (!isStopped) {
      Duration wait = MAX_IDLE;
      try {
        wait = step();
      } catch (Throwable unexpected) { // polling must go on
        log.error("The poller failed; it continues", unexpected);
      }
      if (wait.isPositive()) {
        LockSupport.parkNanos(this, wait.toNanos());
      }
    }
  }

  private void run(Poll poll) {
    TaskLookup lookup = new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, UNEXPECTED, null);
    try {
      lookup = connection.describe(poll.key().task(), poll.known());
    } catch (OutOfMemoryError fatal) {
      exit.run();
    } catch (Throwable unexpected) {
      log.error("A poll failed unexpectedly; it is repeated", unexpected);
      metrics.reconcileFailed();
    } finally {
      running.remove(poll);
      slots.release();
      complete(poll, lookup);
      wakeUp();
    }
  }

  private void complete(Poll poll, TaskLookup lookup) {
    // The shutdown may have cancelled the call; only a complete answer counts.
    if (!isStopped || lookup instanceof TaskLookup.Found) {
      guard(() -> tasks.complete(poll, lookup).forEach(this::raiseEvent));
    }
  }

  /** One object must not cost the others their event. */
  private void raiseEvent(ResourceID id) {
    guard(() -> getEventHandler().handleEvent(new Event(id)));
  }

  /** An object that is being deleted is not polled, however long a finalizer of others holds it. */
  private void track(AckTask task) {
    ResourceID id = ResourceID.fromResource(task);
    guard(
        () -> {
          if (task.isMarkedForDeletion()) {
            tasks.remove(id);
          } else {
            tasks.put(id, AckTaskSnapshotFactory.of(task));
          }
        });
    wakeUp();
  }

  private static void guard(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable unexpected) { // the informer and the other objects must go on
      log.error("Unexpected failure in the poller; it continues", unexpected);
    }
  }

  private void wakeUp() {
    LockSupport.unpark(loop);
  }
}
