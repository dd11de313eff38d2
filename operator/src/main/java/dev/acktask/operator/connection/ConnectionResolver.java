package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.connection.Resolution.Resolved;
import dev.acktask.operator.connection.Resolution.Unresolved;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.text.Parsed;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The present connections, and which of them an AckTask uses: the one that it references, else
 * ClusterAckConnection/default, else the built-in one. Thread-safe.
 */
public final class ConnectionResolver {
  /** An object and its connection, which is null if the spec cannot be used. */
  private record Entry(
      String version, ConnectionSpec spec, @Nullable Connection connection, String problem) {}

  private final ConnectionFactory factory;
  private final @Nullable Connection builtIn;
  private final NamespaceLabels labels;
  private final Map<ConnectionKey, Entry> entries = new HashMap<>();
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Consumer<ConnectionKey>> callListeners =
      new CopyOnWriteArrayList<>();

  /**
   * @param builtIn the connection of the operator's own configuration; empty without one
   * @param labels of the namespaces, for selectors
   */
  public ConnectionResolver(
      ConnectionFactory factory, Optional<Connection> builtIn, NamespaceLabels labels) {
    this.factory = factory;
    this.builtIn = builtIn.orElse(null);
    this.labels = labels;
  }

  /** Only the built-in connection, as without the kinds of connections in the cluster. */
  public static ConnectionResolver of(Connection builtIn) {
    return new ConnectionResolver(
        (key, version, spec) -> {
          throw new IllegalStateException("there are no other connections");
        },
        Optional.of(builtIn),
        NamespaceLabels.UNKNOWN);
  }

  /** Adds a listener that is called after each change; it resolves its references again. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Adds a listener that receives each connection whose calls establish something new. It is called
   * by the thread of a poll.
   */
  public void onCallsChange(Consumer<ConnectionKey> listener) {
    callListeners.add(listener);
  }

  /**
   * Takes in a new or changed object. Repeating an object changes nothing.
   *
   * @param version see {@link Connection.Identity}
   */
  public void put(ConnectionKey key, String version, ConnectionSpec spec) {
    synchronized (this) {
      Entry known = entries.get(key);
      if (known != null && known.version.equals(version)) {
        return;
      }
      entries.put(key, entry(key, version, spec));
    }
    changed();
  }

  /** Removes a deleted object. */
  public void remove(ConnectionKey key) {
    synchronized (this) {
      if (entries.remove(key) == null) {
        return;
      }
      factory.release(key);
    }
    changed();
  }

  /** Calls the listeners after a change that is not in an object, such as one of labels. */
  public void changed() {
    listeners.forEach(Runnable::run);
  }

  /**
   * The connection for an AckTask of {@code namespace}.
   *
   * @param ref null for the default
   */
  public synchronized Resolution resolve(String namespace, @Nullable ConnectionRef ref) {
    if (ref == null && !entries.containsKey(ConnectionKey.DEFAULT)) {
      return builtIn == null
          ? unresolved(
              Refusal.CONNECTION_NOT_FOUND,
              "There is no ClusterAckConnection "
                  + ClusterAckConnection.DEFAULT_NAME
                  + ", and the operator has no built-in connection. Create it, set"
                  + " spec.connectionRef in a new AckTask, or set ACKTASK_DEFAULT_REGION.")
          : new Resolved(builtIn);
    }
    ConnectionKey key = ref == null ? ConnectionKey.DEFAULT : key(namespace, ref);
    if (key == null) {
      return unresolved(
          Refusal.CONNECTION_INVALID,
          "spec.connectionRef has no kind AckConnection or ClusterAckConnection, or no name."
              + " Create another AckTask with both.");
    }
    Entry entry = entries.get(key);
    if (entry == null) {
      return unresolved(
          Refusal.CONNECTION_NOT_FOUND,
          "There is no " + key + ". Create it, or another AckTask with an existing connection.");
    }
    return resolve(namespace, key, entry);
  }

  /**
   * The object that the reference leads to, whether or not it can be used now; empty if there is
   * none, or it does not allow the namespace.
   *
   * @param ref null for the default
   */
  public synchronized Optional<ConnectionKey> target(
      String namespace, @Nullable ConnectionRef ref) {
    ConnectionKey key = ref == null ? ConnectionKey.DEFAULT : key(namespace, ref);
    return Optional.ofNullable(key)
        .filter(entries::containsKey)
        .filter(it -> allows(Objects.requireNonNull(entries.get(it)), namespace));
  }

  /** The known objects. */
  public synchronized Set<ConnectionKey> keys() {
    return Set.copyOf(entries.keySet());
  }

  /** The present state of an object; empty if it is not known. */
  public Optional<ConnectionState> state(ConnectionKey key) {
    Entry entry;
    synchronized (this) {
      entry = entries.get(key);
    }
    return Optional.ofNullable(entry)
        .map(
            it ->
                it.connection == null
                    ? ConnectionState.unusable(it.version, it.problem)
                    : ConnectionState.of(it.version, it.connection));
  }

  private boolean allows(Entry entry, String namespace) {
    return new NamespaceRule(entry.spec.allowedNamespaces(), labels).allows(namespace);
  }

  private Resolution resolve(String namespace, ConnectionKey key, Entry entry) {
    if (!allows(entry, namespace)) {
      return unresolved(
          Refusal.CONNECTION_NOT_ALLOWED,
          key + " does not allow the namespace " + namespace + " (spec.allowedNamespaces).");
    }
    if (entry.spec.suspended()) {
      return unresolved(
          Refusal.CONNECTION_SUSPENDED,
          key + " is suspended (spec.suspend): no call is made; what was observed stays.");
    }
    return entry.connection == null
        ? unresolved(Refusal.CONNECTION_INVALID, key + " " + entry.problem)
        : new Resolved(entry.connection);
  }

  private Entry entry(ConnectionKey key, String version, ConnectionSpec spec) {
    return switch (factory.create(key, version, spec)) {
      case Parsed.Valid<Connection> valid -> {
        valid.value().onCallsChange(() -> callListeners.forEach(it -> it.accept(key)));
        yield new Entry(version, spec, valid.value(), "");
      }
      case Parsed.Invalid<Connection> invalid ->
          new Entry(version, spec, null, String.join(" ", invalid.problems()));
    };
  }

  private static @Nullable ConnectionKey key(String namespace, ConnectionRef ref) {
    String name = Objects.requireNonNullElse(ref.name(), "");
    return switch (Objects.requireNonNullElse(name.isEmpty() ? null : ref.kind(), "")) {
      case AckConnection.KIND -> ConnectionKey.namespaced(namespace, name);
      case ClusterAckConnection.KIND -> ConnectionKey.cluster(name);
      default -> null;
    };
  }

  private static Resolution unresolved(Refusal cause, String message) {
    return new Unresolved(new Rejected(cause, message, null));
  }
}
