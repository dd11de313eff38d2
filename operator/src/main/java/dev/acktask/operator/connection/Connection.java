package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One account in one region with its request budget. */
public final class Connection {
  /** Pause after throttling without a Retry-After. */
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(2);

  /**
   * What a connection is.
   *
   * @param version changes with every change of the spec and when the object is recreated
   * @param regionId of its tasks
   */
  public record Identity(ConnectionKey key, String version, String regionId) {}

  private final Identity identity;
  private final String id;
  private final CloudApi cloud;
  private final RequestBudget budget;
  private final Set<String> allowedClusterIds;
  private final Supplier<Optional<String>> account;
  private final CircuitBreaker circuit;
  private final ConnectionCalls calls;

  /** A connection whose account is not known. */
  public Connection(
      Identity identity,
      CloudApi cloud,
      RequestBudget budget,
      Set<String> allowedClusterIds,
      LongSupplier nanoTime) {
    this(identity, cloud, budget, allowedClusterIds, nanoTime, Optional::empty);
  }

  /**
   * @param allowedClusterIds clusters whose tasks may be mirrored; empty for all
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   * @param account id of the account; empty until an answer of STS has named it
   */
  public Connection(
      Identity identity,
      CloudApi cloud,
      RequestBudget budget,
      Set<String> allowedClusterIds,
      LongSupplier nanoTime,
      Supplier<Optional<String>> account) {
    this.identity = identity;
    this.id = identity.key().label() + "@" + identity.version();
    this.cloud = cloud;
    this.budget = budget;
    this.allowedClusterIds = Set.copyOf(allowedClusterIds);
    this.account = account;
    this.circuit = new CircuitBreaker(nanoTime);
    this.calls = new ConnectionCalls(nanoTime);
  }

  public ConnectionKey key() {
    return identity.key();
  }

  /**
   * Unique in the cluster. An observation of a connection with another id says nothing about the
   * tasks of this one, which may be in another account.
   */
  public String id() {
    return id;
  }

  /** As a status names it. */
  public AckTaskStatus.Connection source() {
    ConnectionKey key = identity.key();
    return new AckTaskStatus.Connection(
        key.kind().apiName(),
        key.namespace().isEmpty() ? null : key.namespace(),
        key.name().isEmpty() ? null : key.name(),
        identity.regionId());
  }

  /** See {@link RequestBudget#tryAcquire}. */
  public Duration tryAcquire() {
    return budget.tryAcquire();
  }

  /** See {@link RequestBudget#requestInterval}. */
  public Duration requestInterval() {
    return budget.requestInterval();
  }

  /**
   * Polls {@code task}. Throttling pauses all requests of the account. While the cloud refuses the
   * credential, most polls make no request and return the last refusal. Nothing of a task of a
   * cluster that is not allowed is returned.
   *
   * @param known digest of the last answer for the same task, or null
   */
  public TaskLookup describe(TaskRef task, @Nullable AnswerDigest known) {
    TaskLookup lookup = circuit.call(() -> call(task, known));
    pauseIfThrottled(lookup);
    return lookup instanceof TaskLookup.Found found ? allowed(found) : lookup;
  }

  /**
   * Lists a page of the tasks of a cluster. As with polls, throttling pauses all requests of the
   * account, and most lists make no request while the cloud refuses the credential. A cluster that
   * is not allowed causes no request.
   *
   * @param known an earlier page of the tasks of this cluster, which is returned if the answer
   *     holds the same; or null
   */
  public Listing<ListedTask> listTasks(
      String clusterId, PageRequest page, @Nullable ListPage<ListedTask> known) {
    if (!isAllowed(clusterId)) {
      return new Listing.Failed<>(
          new TaskLookup.Rejected(
              Refusal.CLUSTER_NOT_ALLOWED,
              "The cluster is not in spec.allowedClusterIds of "
                  + identity.key()
                  + "; its tasks are not listed.",
              null));
    }
    ListClient lists = cloud.lists();
    return list(
        () -> known == null ? lists.tasks(clusterId, page) : lists.tasks(clusterId, page, known));
  }

  /** As {@link #listTasks}, for a page of the clusters of the region that are allowed. */
  public Listing<ListedCluster> listClusters(PageRequest page) {
    return keeping(
        list(() -> cloud.lists().clusters(page)), cluster -> isAllowed(cluster.clusterId()));
  }

  /** As {@link #listTasks}, for the plans of the maintenance of clusters that are allowed. */
  public Listing<MaintenancePlan> listPlans() {
    return keeping(list(() -> cloud.lists().plans()), plan -> isAllowed(plan.clusterId()));
  }

  private <T> Listing<T> list(Supplier<Listing<T>> request) {
    Listing<T> listing =
        circuit.list(
            () -> {
              Listing<T> result = request.get();
              calls.recordList(result);
              return result;
            });
    if (listing instanceof Listing.Failed<T> failed) {
      pauseIfThrottled(failed.cause());
    }
    return listing;
  }

  private static <T> Listing<T> keeping(Listing<T> listing, Predicate<T> accepted) {
    return listing instanceof Listing.Listed<T> listed
        ? new Listing.Listed<>(listed.page().keeping(accepted))
        : listing;
  }

  private void pauseIfThrottled(TaskLookup result) {
    if (result instanceof TaskLookup.Throttled throttled) {
      Duration requested = throttled.retryAfter();
      budget.pause(requested == null ? DEFAULT_PAUSE : requested);
    }
  }

  /** Sets the listener that is called when {@link #calls} changes, except by time alone. */
  void onCallsChange(Runnable changed) {
    calls.onChange(changed);
  }

  /** What the calls have established up to now. */
  CallSummary calls() {
    return calls.summary();
  }

  /** Id of the account; empty until it is known. */
  public Optional<String> account() {
    return account.get();
  }

  private TaskLookup call(TaskRef task, @Nullable AnswerDigest known) {
    TaskLookup result =
        known == null ? cloud.tasks().describe(task) : cloud.tasks().describe(task, known);
    calls.record(result);
    return result;
  }

  /**
   * Task ids can be guessed, so that the answer is withheld and not only left out of the status.
   */
  private TaskLookup allowed(TaskLookup.Found found) {
    String cluster = found.task().clusterId();
    return isAllowed(cluster == null ? null : cluster.strip())
        ? found
        : new TaskLookup.Rejected(
            Refusal.CLUSTER_NOT_ALLOWED,
            "The task belongs to a cluster that is not in spec.allowedClusterIds of "
                + identity.key()
                + "; nothing of it is mirrored.",
            found.requestId());
  }

  /**
   * @param clusterId null when unknown
   */
  private boolean isAllowed(@Nullable String clusterId) {
    return allowedClusterIds.isEmpty()
        || (clusterId != null && allowedClusterIds.contains(clusterId));
  }
}
