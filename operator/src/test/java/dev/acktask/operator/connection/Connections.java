package dev.acktask.operator.connection;

import dev.acktask.operator.task.TaskClient;
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
        new Connection.Identity(key, "1", REGION), client, budget, Set.of(), nanoTime);
  }

  /** A connection of an object, in the version that the object has. */
  public static Connection of(
      ConnectionKey key,
      String version,
      TaskClient client,
      RequestBudget budget,
      LongSupplier nanoTime) {
    return new Connection(
        new Connection.Identity(key, version, REGION), client, budget, Set.of(), nanoTime);
  }

  /** A connection that mirrors tasks of some clusters only. */
  static Connection allowing(
      Set<String> clusterIds, TaskClient client, RequestBudget budget, LongSupplier nanoTime) {
    return new Connection(
        new Connection.Identity(ConnectionKey.cluster("some"), "1", REGION),
        client,
        budget,
        clusterIds,
        nanoTime);
  }
}
