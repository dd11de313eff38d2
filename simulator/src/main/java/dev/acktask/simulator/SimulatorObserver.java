package dev.acktask.simulator;

import dev.acktask.simulator.journal.Served;

/** Is told what happens; called on the connections' threads, so several calls may overlap. */
public interface SimulatorObserver {
  SimulatorObserver NONE = new SimulatorObserver() {};

  /** A scripted task shows another state than at its last read; {@code from} is empty at first. */
  default void stateChanged(String taskId, String from, String to) {}

  /** A fault is about to be served. */
  default void faulted(String taskId, int call, String fault) {}

  /** A request is done with, whatever came of it. */
  default void served(Served served) {}
}
