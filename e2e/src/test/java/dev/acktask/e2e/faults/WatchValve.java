package dev.acktask.e2e.faults;

import dev.acktask.e2e.interruption.Call;
import dev.acktask.e2e.interruption.Fault;
import dev.acktask.e2e.interruption.FaultPlan;

/**
 * Lets everything through, except that while it is shut nothing comes out of a watch: its
 * connection stays open, and silent.
 */
final class WatchValve implements FaultPlan {
  private boolean isShut;
  private int opened;

  @Override
  public synchronized Fault befalls(Call call) {
    opened += call.isWatch() ? 1 : 0;
    return Fault.NONE;
  }

  @Override
  public synchronized void beforePiece(Call call) throws InterruptedException {
    while (isShut && call.isWatch()) {
      wait();
    }
  }

  synchronized void shut() {
    isShut = true;
  }

  synchronized void open() {
    isShut = false;
    notifyAll();
  }

  /** How many watches have been asked for. */
  synchronized int watches() {
    return opened;
  }
}
