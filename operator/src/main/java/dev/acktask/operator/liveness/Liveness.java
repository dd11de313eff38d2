package dev.acktask.operator.liveness;

/** Whether the process does its work, or must be started again. */
public sealed interface Liveness {
  /** Nothing is known against it. */
  record Alive() implements Liveness {}

  /**
   * It does not, and nothing in it will change that.
   *
   * @param reason for the log and for a probe: one line without names or data of objects
   */
  record Dead(String reason) implements Liveness {}
}
