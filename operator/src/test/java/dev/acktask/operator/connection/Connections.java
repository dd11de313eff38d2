package dev.acktask.operator.connection;

import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import java.util.Set;
import java.util.function.LongSupplier;

/** Connections for tests. */
public final class Connections {
  public static final String REGION = "cn-hangzhou";

  private Connections() {}

  /** A built-in connection that allows all clusters. */
  public static Connection builtIn(TaskClient client, RequestBudget budget, LongSupplier nanoTime) {
    return of(ConnectionKey.BUILT_IN, client, budget, nanoTime);
  }

  /** The first version of a connection that allows all clusters. */
  public static Connection of(
      ConnectionKey key, TaskClient client, RequestBudget budget, LongSupplier nanoTime) {
    return new Connection(
        new Connection.Identity(key, "1", REGION), api(client), budget, Set.of(), nanoTime);
  }

  /** A connection of an object, in the version that the object has. */
  public static Connection of(
      ConnectionKey key,
      String version,
      TaskClient client,
      RequestBudget budget,
      LongSupplier nanoTime) {
    return new Connection(
        new Connection.Identity(key, version, REGION), api(client), budget, Set.of(), nanoTime);
  }

  /** A connection of an object that also lists. */
  public static Connection of(
      ConnectionKey key, CloudApi cloud, RequestBudget budget, LongSupplier nanoTime) {
    return new Connection(
        new Connection.Identity(key, "1", REGION), cloud, budget, Set.of(), nanoTime);
  }

  /** A connection that mirrors tasks of some clusters only. */
  static Connection allowing(
      Set<String> clusterIds, TaskClient client, RequestBudget budget, LongSupplier nanoTime) {
    return new Connection(
        new Connection.Identity(ConnectionKey.cluster("some"), "1", REGION),
        api(client),
        budget,
        clusterIds,
        nanoTime);
  }

  /** Lists with {@code client} if it can, and else fails each list. */
  private static CloudApi api(TaskClient client) {
    return new CloudApi(client, client instanceof ListClient lists ? lists : new NoLists());
  }

  private static final class NoLists implements ListClient {
    @Override
    public Listing<ListedTask> tasks(String clusterId, PageRequest page) {
      return failed();
    }

    @Override
    public Listing<ListedCluster> clusters(PageRequest page) {
      return failed();
    }

    @Override
    public Listing<MaintenancePlan> plans() {
      return failed();
    }

    private static <T> Listing<T> failed() {
      return new Listing.Failed<>(
          new TaskLookup.Rejected(TaskLookup.Rejected.Refusal.FORBIDDEN, "No lists.", null));
    }
  }
}
