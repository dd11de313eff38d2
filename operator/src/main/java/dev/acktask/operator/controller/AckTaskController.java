package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.liveness.Visits;
import dev.acktask.operator.text.Redaction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The reconciler with its collaborators, and the settings of the framework that it relies on. */
public final class AckTaskController {
  /**
   * Under this name the API server records the operator's writes: the User-Agent of the client up
   * to its first slash.
   */
  public static final String FIELD_MANAGER = "acktask-operator";

  /** An object is visited at least this often, in case an event or a timer was lost. */
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

  /**
   * Longest that the first list and watch may take; the client itself would wait for ever. 60,000
   * objects take half a minute on two cores (docs/benchmarks.md), and an operator that gave up over
   * them would do so again after each restart.
   */
  private static final Duration START = Duration.ofMinutes(10);

  /** Objects per page when the informer lists, so that no single answer takes long. */
  private static final long PAGE = 500;

  /**
   * When thousands of tasks change at once, more writes under way than an API server has processors
   * for do not make it faster; they take turns from what brings the written to those who watch.
   */
  private static final int WRITES_AT_ONCE = 8;

  /** Behind writes that hang another one waits no longer than this. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Kubernetes Events that may wait to be written before more are dropped. */
  private static final int WAITING_EVENTS = 1_000;

  /** Nothing here changes an object of the cache, so that it need not be copied for each visit. */
  private static final Cloner AS_IT_IS =
      new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R object) {
          return object;
        }
      };

  private final SupervisedReconciler reconciler;
  private volatile @Nullable RegisteredController<AckTask> registered;

  /**
   * @param eventExecutor writes Kubernetes Events; may refuse some
   * @param instance name of this replica
   * @param nanoTime monotonic clock
   * @param mayWrite false once another replica may have taken over
   * @param ending true once the process is about to end
   * @param visits is told of every visit
   * @param observer is told what becomes of the visits
   * @param exit ends the process at once
   */
  public AckTaskController(
      KubernetesClient client,
      Connection connection,
      PollSchedule schedule,
      Redaction redaction,
      Executor eventExecutor,
      String instance,
      Clock clock,
      LongSupplier nanoTime,
      BooleanSupplier mayWrite,
      BooleanSupplier ending,
      Visits visits,
      Observer observer,
      Runnable exit) {
    Agenda agenda = new Agenda(nanoTime);
    AckTaskStore store = new KubernetesAckTaskStore(client);
    EventPublisher events = new KubernetesEventPublisher(client, eventExecutor, instance, clock);
    StatusWriter writer =
        new StatusWriter(
            store,
            (task, list) -> {
              list.forEach(event -> observer.told().accept(event.reason()));
              events.publish(task, list);
            },
            observer.finished(),
            mayWrite,
            new FewAtOnce(WRITES_AT_ONCE, PATIENCE),
            nanoTime);
    this.reconciler =
        new SupervisedReconciler(
            new AckTaskReconciler(
                connection,
                new TaskEvaluator(schedule, redaction),
                writer,
                new Expiry(store, mayWrite),
                new Turns(agenda, schedule, connection, clock),
                new Stumble(
                    agenda,
                    exit,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    observer.failed()),
                clock,
                ending),
            visits);
  }

  /**
   * One daemon thread with a bounded queue: it refuses an Event rather than hold up a reconcile.
   */
  public static ExecutorService eventExecutor() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(WAITING_EVENTS),
        Thread.ofPlatform().daemon().name("events-", 1).factory());
  }

  /**
   * An operator that runs this controller.
   *
   * @param namespaces to watch; empty means all
   * @param workers runs the reconciliations; must never refuse one
   * @param metrics of the framework
   * @param exit ends the process at once
   */
  public Operator operator(
      KubernetesClient client,
      List<String> namespaces,
      ExecutorService workers,
      Metrics metrics,
      Runnable exit) {
    Operator operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withExecutorService(workers)
                    .withResourceCloner(AS_IT_IS)
                    .withMetrics(metrics)
                    .withCacheSyncTimeout(START)
                    .withReconciliationTerminationTimeout(Duration.ofSeconds(10))
                    .withInformerStoppedHandler(
                        (informer, cause) -> {
                          if (cause != null) { // null: it was stopped in good order
                            exit.run();
                          }
                        }));
    registered = operator.register(reconciler, settings -> configure(settings, namespaces));
    return operator;
  }

  /** The objects that the watch has brought; empty before it runs. */
  public List<AckTask> known() {
    return reconciler.known();
  }

  /**
   * The resourceVersion by uid of the objects that the watch has brought, once it runs.
   *
   * @param exceptNamespaces whose objects are left out
   */
  public Map<String, String> knownVersions(Set<String> exceptNamespaces) {
    return reconciler.knownVersions(exceptNamespaces);
  }

  /**
   * Watches further namespaces and returns once their objects have been listed. The framework's own
   * way, {@link RegisteredController#changeNamespaces}, stops the processing of events meanwhile: a
   * reconcile that ends then is never followed by another one of its object.
   *
   * @param namespaces all that are watched from now on
   * @throws OperatorException when one of them cannot be listed or watched
   */
  public void watch(Set<String> namespaces) {
    if (Objects.requireNonNull(registered) instanceof Controller<?> controller) {
      controller.getEventSourceManager().changeNamespaces(namespaces);
    }
  }

  private static void configure(
      ControllerConfigurationOverrider<AckTask> settings, List<String> namespaces) {
    settings
        .withReconciliationMaxInterval(LONGEST_SILENCE)
        .withInformerListLimit(PAGE)
        // The framework's own rule would hide a status that somebody else wrote.
        .withGenerationAware(false)
        .withOnUpdateFilter(Edits::matter)
        .withRetry(
            new GenericRetry()
                .setInitialInterval(1_000)
                .setIntervalMultiplier(2)
                .setMaxInterval(60_000)
                .withoutMaxAttempts());
    if (namespaces.isEmpty()) {
      settings.watchingAllNamespaces();
    } else {
      settings.settingNamespaces(Set.copyOf(namespaces));
    }
  }
}
