package dev.acktask.operator.polling;

import dev.acktask.operator.connection.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The pollers of the connections that are used: one begins with the first use and stops with the
 * last one. Thread-safe.
 */
final class ConnectionPollers {
  private final Function<Connection, ConnectionPoller> factory;
  private final Map<String, ConnectionPoller> pollers = new HashMap<>();

  /**
   * @param factory creates the poller of a connection
   */
  ConnectionPollers(Function<Connection, ConnectionPoller> factory) {
    this.factory = factory;
  }

  /**
   * The poller of {@code connection}.
   *
   * @param use adds what the poller is used for
   */
  synchronized ConnectionPoller join(Connection connection, Consumer<ConnectionPoller> use) {
    ConnectionPoller poller =
        pollers.computeIfAbsent(connection.id(), none -> factory.apply(connection));
    use.accept(poller);
    poller.wakeUp();
    return poller;
  }

  /**
   * Stops {@code poller} if that was its last use.
   *
   * @param end removes what the poller was used for
   */
  synchronized void leave(ConnectionPoller poller, Consumer<ConnectionPoller> end) {
    end.accept(poller);
    if (poller.isIdle()) {
      poller.stop();
      pollers.remove(poller.connection().id(), poller);
    }
  }

  /** All that are used. */
  synchronized List<ConnectionPoller> all() {
    return List.copyOf(pollers.values());
  }
}
