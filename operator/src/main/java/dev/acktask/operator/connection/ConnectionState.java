package dev.acktask.operator.connection;

import java.util.Optional;

/**
 * What is known about a connection apart from its object.
 *
 * @param version see {@link Connection.Identity}
 * @param problem why the spec cannot be used, a sentence without its subject; empty if it can
 * @param account id of the account; empty while it is not known
 */
public record ConnectionState(
    String version, String problem, CallSummary calls, Optional<String> account) {

  /** Of a spec that cannot be used. */
  static ConnectionState unusable(String version, String problem) {
    return new ConnectionState(version, problem, CallSummary.NONE, Optional.empty());
  }

  /** Of a connection that can be used. */
  static ConnectionState of(String version, Connection connection) {
    return new ConnectionState(version, "", connection.calls(), connection.account());
  }
}
