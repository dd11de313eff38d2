package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.AllowedNamespaces;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.text.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Connections as objects of a cluster create them, next to a built-in one. */
public final class FakeConnections {
  private record Stored(String version, ConnectionSpec spec) {}

  private final Function<ConnectionKey, TaskClient> clouds;
  private final LongSupplier nanoTime;
  private final Map<ConnectionKey, Stored> objects =
      new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
  private ConnectionResolver resolver;
  private int requestsPerMinute;
  private int versions;

  /**
   * @param clouds the cloud behind a connection, also when its object is recreated
   */
  public FakeConnections(
      Function<ConnectionKey, TaskClient> clouds, int requestsPerMinute, LongSupplier nanoTime) {
    this.clouds = clouds;
    this.nanoTime = nanoTime;
    restart(requestsPerMinute);
  }

  /** A new process resolves the same objects. */
  public void restart(int requestsPerMinute) {
    this.requestsPerMinute = requestsPerMinute;
    resolver =
        new ConnectionResolver(
            this::create,
            Optional.of(connection(ConnectionKey.BUILT_IN, "")),
            NamespaceLabels.UNKNOWN);
    objects.forEach((key, stored) -> resolver.put(key, stored.version, stored.spec));
  }

  public ConnectionResolver resolver() {
    return resolver;
  }

  /** Creates a connection for all namespaces, or recreates it. */
  public void create(ConnectionKey key) {
    edit(key, spec().build());
  }

  public void suspend(ConnectionKey key) {
    edit(key, spec().suspend(true).build());
  }

  /** Allows no namespace. */
  public void restrict(ConnectionKey key) {
    edit(
        key,
        spec()
            .allowedNamespaces(new AllowedNamespaces(AllowedNamespaces.NAMES, null, List.of()))
            .build());
  }

  /** Gives it a spec that cannot be used. */
  public void invalidate(ConnectionKey key) {
    edit(key, ConnectionSpec.NOTHING);
  }

  /** Creates the object or gives it another spec. */
  public void edit(ConnectionKey key, ConnectionSpec spec) {
    Stored stored = new Stored("v" + ++versions, spec);
    objects.put(key, stored);
    resolver.put(key, stored.version, spec);
  }

  public void delete(ConnectionKey key) {
    objects.remove(key);
    resolver.remove(key);
  }

  private Parsed<Connection> create(ConnectionKey key, String version, ConnectionSpec spec) {
    return spec.regionId() == null
        ? new Parsed.Invalid<>(List.of("has no region."))
        : new Parsed.Valid<>(connection(key, version));
  }

  private Connection connection(ConnectionKey key, String version) {
    RequestBudget budget =
        new RequestBudget(requestsPerMinute, Math.max(requestsPerMinute / 60, 1), nanoTime);
    return Connections.of(key, version, clouds.apply(key), budget, nanoTime);
  }

  private static ConnectionSpec.Builder spec() {
    return ConnectionSpec.builder().regionId(Connections.REGION);
  }
}
