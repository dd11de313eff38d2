package dev.acktask.operator.polling;

import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the unfinished tasks of one connection, and reads its lists. A hanging endpoint or an
 * exhausted budget of one connection delays no poll of another.
 *
 * <p>One thread decides whose turn it is; each call runs on a separate thread. Nothing that a
 * callback or a poll throws ends the polling.
 */
final class ConnectionPoller implements HealthCheck {
  private static final Logger log = LoggerFactory.getLogger(ConnectionPoller.class);

  /** Longest time between two checks of the queue. */
  private static final Duration MAX_IDLE = Duration.ofSeconds(5);

  private static final String UNEXPECTED =
      "The poll failed in the operator; see its log. It is repeated.";

  /** A step takes no time; a longer pause means that the thread has ended. */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(80);

  private final Connection connection;
  private final ConnectionTasks tasks;
  private final ClusterSweeper sweeper;
  private final WorkQueue queue;
  private final PageReader pages;
  private final PollExecution execution;
  private final Consumer<ResourceID> onObserved;
  private final Semaphore slots;
  private final RunningCalls running = new RunningCalls();
  private final Thread loop;
  private final AtomicBoolean isStarted = new AtomicBoolean();
  private volatile boolean isStopped;
  private volatile long lastStep;

  /** True if the budget delayed the next poll. */
  private boolean isLimited;

  /**
   * @param onObserved receives each object whose observation changed
   */
  ConnectionPoller(
      Connection connection,
      ConnectionLists lists,
      PollContext context,
      PollExecution execution,
      Consumer<ResourceID> onObserved) {
    this.connection = connection;
    this.tasks = new ConnectionTasks(connection, context);
    this.sweeper = ClusterSweeper.of(connection, tasks, context, execution.maxConcurrent());
    this.queue = new WorkQueue(tasks, sweeper);
    this.pages = new PageReader(lists, sweeper, connection.key().label(), execution);
    this.execution = execution;
    this.onObserved = onObserved;
    this.slots = new Semaphore(execution.maxConcurrent());
    this.lastStep = tasks.now();
    this.loop = Thread.ofVirtual().name("poller-" + connection.key().label()).unstarted(this::run);
  }

  Connection connection() {
    return connection;
  }

  /** The tasks; a change of them takes effect after {@link #wakeUp}. */
  ConnectionTasks tasks() {
    return tasks;
  }

  /** The sweeps; a change of them takes effect after {@link #wakeUp}. */
  ClusterSweeper sweeper() {
    return sweeper;
  }

  /** True if it has neither tasks nor subscribers of sweeps. */
  boolean isIdle() {
    return tasks.isEmpty() && !sweeper.hasSubscribers();
  }

  /** Starts the polling; repeating it has no effect. */
  void start() {
    if (isStarted.compareAndSet(false, true)) {
      loop.start();
    }
  }

  /** Starts no further poll. Of those under way only a complete answer counts. */
  void stop() {
    isStopped = true;
    wakeUp();
  }

  /** Dead if nothing decides about polls any more, or a call does not end. */
  @Override
  public Health check() {
    Duration silence = Duration.ofNanos(tasks.now() - lastStep);
    if (isStarted.get() && silence.compareTo(MAX_SILENCE) > 0) {
      return new Health.Dead("the poller has not run for " + silence.toSeconds() + " s");
    }
    return running
        .longest(tasks.now())
        .filter(longest -> longest.compareTo(MAX_SILENCE) > 0)
        .<Health>map(
            longest ->
                new Health.Dead(
                    "a call to the cloud has been running for " + longest.toSeconds() + " s"))
        .orElseGet(Health.Alive::new);
  }

  /**
   * Starts the call whose turn it is, if the budget and the limit of concurrent calls allow.
   *
   * @return the wait before the next attempt; zero after a call was started
   */
  Duration step() {
    lastStep = tasks.now();
    Optional<Duration> untilDue = queue.untilDue();
    if (untilDue.isEmpty() || untilDue.get().isPositive()) {
      return untilDue.filter(wait -> wait.compareTo(MAX_IDLE) < 0).orElse(MAX_IDLE);
    }
    if (!slots.tryAcquire()) {
      return MAX_IDLE; // the end of a call wakes this thread
    }
    Duration budget = connection.tryAcquire();
    if (budget.isPositive()) {
      isLimited = true;
      slots.release();
      return budget.compareTo(MAX_IDLE) < 0 ? budget : MAX_IDLE;
    }
    queue.begin().ifPresentOrElse(this::start, slots::release);
    return Duration.ZERO;
  }

  private void start(Work work) {
    running.add(work);
    switch (work) {
      case Poll poll -> {
        execution.polls().execute(() -> run(poll));
        recordStart(poll);
      }
      case PageCall page -> execution.polls().execute(() -> run(page));
    }
  }

  private void recordStart(Poll poll) {
    Duration delay = Duration.ofNanos(poll.start() - poll.due());
    boolean hasWaited = isLimited;
    isLimited = false;
    guard(
        () -> {
          execution.metrics().pollStarted(delay);
          execution.metrics().budgetAcquired(hasWaited ? delay : Duration.ZERO);
        });
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
      execution.exit().run();
    } catch (Throwable unexpected) {
      log.error("A poll failed unexpectedly; it is repeated", unexpected);
      execution.metrics().reconcileFailed();
    } finally {
      running.remove(poll);
      slots.release();
      complete(poll, lookup);
      wakeUp();
    }
  }

  private void run(PageCall call) {
    Runnable delivery = () -> {};
    try {
      delivery = pages.read(call, () -> isStopped);
    } catch (Throwable unexpected) {
      log.error("A sweep failed unexpectedly; it is repeated", unexpected);
    } finally {
      running.remove(call);
      slots.release();
      wakeUp();
    }
    guard(delivery);
  }

  private void complete(Poll poll, TaskLookup lookup) {
    // The shutdown may have cancelled the call; only a complete answer counts.
    if (!isStopped || lookup instanceof TaskLookup.Found) {
      guard(() -> tasks.complete(poll, lookup).forEach(onObserved));
    }
  }

  private static void guard(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable unexpected) { // the informer and the other objects must go on
      log.error("Unexpected failure in the poller; it continues", unexpected);
    }
  }

  /** Lets the loop see a change of the tasks at once. */
  void wakeUp() {
    LockSupport.unpark(loop);
  }
}
