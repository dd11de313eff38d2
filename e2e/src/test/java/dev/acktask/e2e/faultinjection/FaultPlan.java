package dev.acktask.e2e.faultinjection;

/** Chooses the fault of each request; called on the threads of the connections. */
@FunctionalInterface
public interface FaultPlan {
  Fault faultOf(Call call);

  /** Kills the client of the request; returns once it is dead. */
  default void kill() {
    throw new UnsupportedOperationException("this plan has no kill");
  }

  /**
   * Called before each part of an answer except the first, which contains its head. While this
   * blocks, the connection stays open and silent.
   */
  default void beforePiece(Call call) throws InterruptedException {}

  /** Called at the end of a fault: the client is dead, was answered, or has given up. */
  default void over() {}
}
