package dev.acktask.operator.health;

/** Result of a health check: the process works, or needs a restart. */
public sealed interface Health {
  /** No problem was found. */
  record Alive() implements Health {}

  /**
   * The process does not work and cannot recover without a restart.
   *
   * @param reason one line for the log and the liveness probe, without names or data of objects
   */
  record Dead(String reason) implements Health {}
}
