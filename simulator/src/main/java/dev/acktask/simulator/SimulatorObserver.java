package dev.acktask.simulator;

import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.signature.Credential;

/** Receives the events of a simulator. Connection threads call it, so calls may overlap. */
public interface SimulatorObserver {
  SimulatorObserver NONE = new SimulatorObserver() {};

  /** A scripted task has a new state since its last read; {@code from} is empty at the first. */
  default void stateChanged(String taskId, String from, String to) {}

  /** A fault is about to be served. */
  default void faulted(String taskId, int call, String fault) {}

  /** A request is finished, successful or not. */
  default void served(RequestRecord served) {}

  /**
   * STS issued {@code session}. A test uses its secret and its token to check that a client reveals
   * neither; the request log has neither.
   */
  default void issued(Credential session) {}

  /** A request presents {@code oidcToken} to STS; the same use as {@link #issued}. */
  default void presented(String oidcToken) {}
}
