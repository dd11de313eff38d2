package dev.acktask.operator.polling;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.polling.ConnectionRoutes.Route;
import dev.acktask.operator.task.TaskLookup;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the unfinished tasks, each with the connection of its object, and raises an event for each
 * object whose observation changed. An unchanged poll raises none. An event of Kubernetes never
 * causes a poll, except for a refresh request.
 */
public final class TaskPoller extends AbstractEventSource<TaskLookup, AckTask>
    implements ResourceEventAware<AckTask>, Observations, HealthCheck {
  private static final Logger log = LoggerFactory.getLogger(TaskPoller.class);

  private final PollContext context;
  private final PollExecution execution;
  private final Function<Connection, ConnectionLists> lists;
  private final ConnectionPollers pollers;
  private final ConnectionRoutes routes;
  private final SweepRoutes sweeps;
  private volatile boolean isStarted;

  /**
   * @param connections resolves the reference of an object
   */
  public TaskPoller(ConnectionResolver connections, PollContext context, PollExecution execution) {
    this(
        connections,
        context,
        execution,
        connection -> ConnectionLists.of(connection, context.pages()));
  }

  /**
   * @param lists the lists that a connection can read
   */
  TaskPoller(
      ConnectionResolver connections,
      PollContext context,
      PollExecution execution,
      Function<Connection, ConnectionLists> lists) {
    super(TaskLookup.class, "polls");
    this.context = context;
    this.execution = execution;
    this.lists = lists;
    this.pollers = new ConnectionPollers(this::poller);
    this.routes = new ConnectionRoutes(connections, pollers);
    this.sweeps =
        new SweepRoutes(
            connections, pollers, execution.polls(), context.clock(), context.nanoTime());
    connections.onChange(() -> guard(() -> routes.resolveAgain().forEach(this::raiseEvent)));
    connections.onChange(() -> guard(sweeps::resolveAgain));
  }

  /** The sweeps, which share the calls and the budgets of the polls. */
  public Sweeps sweeps() {
    return sweeps;
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
    guard(() -> routes.remove(ResourceID.fromResource(task)));
  }

  /**
   * Ends the polls and sweeps of all other namespaces; the informer reports no deletion of their
   * objects.
   */
  public void retainNamespaces(Set<String> namespaces) {
    guard(() -> routes.retainNamespaces(namespaces));
    guard(() -> sweeps.retainNamespaces(namespaces));
  }

  @Override
  public Optional<Latest> latest(AckTask task) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    ResourceID id = ResourceID.fromResource(task);
    Route route = routes.find(id, snapshot.uid()).orElse(null);
    if (route == null) {
      return Optional.empty();
    }
    if (route.cause() != null) {
      return Optional.of(Latest.without(route.cause()));
    }
    ConnectionPoller poller = route.poller();
    if (poller == null) {
      return Optional.empty();
    }
    Optional<Latest> latest = poller.tasks().latest(id, snapshot);
    if (latest.isEmpty()) {
      poller
          .wakeUp(); // a poll may be due in place of an observation that is not in memory any more
    }
    return latest;
  }

  @Override
  public void release(AckTask task, Latest latest) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    ResourceID id = ResourceID.fromResource(task);
    tasks(id, snapshot).ifPresent(tasks -> tasks.release(id, snapshot, latest));
  }

  @Override
  public Duration waitingFor(AckTask task) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    ResourceID id = ResourceID.fromResource(task);
    return tasks(id, snapshot).map(tasks -> tasks.waitingFor(id, snapshot)).orElse(Duration.ZERO);
  }

  /** When the task of {@code task} last answered; empty if it is not polled, or has not yet. */
  public Optional<Instant> lastSync(AckTask task) {
    ResourceID id = ResourceID.fromResource(task);
    return routes
        .find(id, task.getMetadata().getUid())
        .map(Route::poller)
        .flatMap(poller -> poller.tasks().lastSync(id));
  }

  @Override
  public Set<TaskLookup> getSecondaryResources(AckTask task) {
    return Set.of();
  }

  @Override
  public void start() {
    super.start();
    isStarted = true;
    pollers().forEach(ConnectionPoller::start);
  }

  /** Starts no further poll. Of those under way only a complete answer counts. */
  @Override
  public void stop() {
    isStarted = false;
    pollers().forEach(ConnectionPoller::stop);
    super.stop();
  }

  /** Dead if nothing decides about the polls of a connection any more, or a poll does not end. */
  @Override
  public Health check() {
    return pollers().stream()
        .map(ConnectionPoller::check)
        .filter(Health.Dead.class::isInstance)
        .findFirst()
        .orElseGet(Health.Alive::new);
  }

  /** The pollers of all connections with objects or subscribers. */
  List<ConnectionPoller> pollers() {
    return pollers.all();
  }

  private Optional<ConnectionTasks> tasks(ResourceID id, AckTaskSnapshot snapshot) {
    return routes.find(id, snapshot.uid()).map(Route::poller).map(ConnectionPoller::tasks);
  }

  private ConnectionPoller poller(Connection connection) {
    ConnectionPoller poller =
        new ConnectionPoller(
            connection, lists.apply(connection), context, execution, this::raiseEvent);
    if (isStarted) {
      poller.start();
    }
    return poller;
  }

  /** One object must not cost the others their event. */
  private void raiseEvent(ResourceID id) {
    guard(() -> getEventHandler().handleEvent(new Event(id)));
  }

  /** An object that is being deleted is not polled, however long a finalizer of others holds it. */
  private void track(AckTask task) {
    guard(
        () -> {
          ResourceID id = ResourceID.fromResource(task);
          if (task.isMarkedForDeletion()) {
            routes.remove(id);
          } else {
            routes.put(id, AckTaskSnapshotFactory.of(task));
          }
        });
  }

  private static void guard(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable unexpected) { // the informer and the other objects must go on
      log.error("Unexpected failure in the poller; it continues", unexpected);
    }
  }
}
