package dev.acktask.simulator;

import dev.acktask.simulator.requestlog.RequestRecord;

/** Receives the events of a simulator. Connection threads call it, so calls may overlap. */
public interface SimulatorObserver {
  SimulatorObserver NONE = new SimulatorObserver() {};

  /** A scripted task has a new state since its last read; {@code from} is empty at the first. */
  default void stateChanged(String taskId, String from, String to) {}

  /** A fault is about to be served. */
  default void faulted(String taskId, int call, String fault) {}

  /** A request is finished, successful or not. */
  default void served(RequestRecord served) {}
}
