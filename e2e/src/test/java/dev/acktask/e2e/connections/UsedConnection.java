package dev.acktask.e2e.connections;

import dev.acktask.e2e.AckTasks;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The connection in the status of an AckTask. */
final class UsedConnection {
  private UsedConnection() {}

  /** For example {@code {kind=BuiltIn, regionId=cn-hangzhou}}; {@code {}} without one. */
  static String of(AckTasks tasks, String name) {
    Map<String, Object> connection = tasks.get(name).get("status", "connection");
    return new TreeMap<>(Objects.requireNonNullElse(connection, Map.of())).toString();
  }
}
