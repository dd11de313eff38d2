package dev.acktask.e2e.interruption;

/** Decides what befalls each request; called on the threads of the connections. */
@FunctionalInterface
public interface FaultPlan {
  Fault befalls(Call call);

  /** Ends the client whose request this is; returns once it is dead. */
  default void kill() {
    throw new UnsupportedOperationException("this plan kills nobody");
  }

  /**
   * Called before each piece of an answer but the first, which holds its head; while this blocks,
   * the connection stays open and silent.
   */
  default void beforePiece(Call call) throws InterruptedException {}

  /** The fault is over: the client is dead, was answered, or has given up. */
  default void over() {}
}
