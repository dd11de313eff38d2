package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.text.Parsed;

/** Creates the connection of an object. */
@FunctionalInterface
public interface ConnectionFactory {
  /**
   * Creates a connection without opening one to the cloud. An object whose spec cannot be used has
   * one problem, a sentence without its subject, such as {@code has no regionId}.
   *
   * @param version see {@link Connection.Identity}
   */
  Parsed<Connection> create(ConnectionKey key, String version, ConnectionSpec spec);

  /**
   * Releases what all connections of a deleted object have left behind, such as meters. Calls may
   * still be under way.
   */
  default void release(ConnectionKey key) {}
}
