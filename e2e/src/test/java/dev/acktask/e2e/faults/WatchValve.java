package dev.acktask.e2e.faults;

import dev.acktask.e2e.faultinjection.Call;
import dev.acktask.e2e.faultinjection.Fault;
import dev.acktask.e2e.faultinjection.FaultPlan;

/**
 * Passes everything. While it is shut, a watch delivers nothing: its connection stays open and
 * silent.
 */
final class WatchValve implements FaultPlan {
  private boolean isShut;
  private boolean isHeld;
  private int opened;

  @Override
  public synchronized Fault faultOf(Call call) {
    opened += call.isWatch() ? 1 : 0;
    return isHeld && call.isWatch() ? Fault.HOLD_BEFORE : Fault.NONE;
  }

  @Override
  public synchronized void beforePiece(Call call) throws InterruptedException {
    while (isShut && call.isWatch()) {
      wait();
    }
  }

  /** From now on a new watch gets no answer at all. */
  synchronized void hold() {
    isHeld = true;
  }

  /** From now on watches are answered. */
  synchronized void answer() {
    isHeld = false;
  }

  synchronized void shut() {
    isShut = true;
  }

  synchronized void open() {
    isShut = false;
    notifyAll();
  }

  /** Number of requested watches. */
  synchronized int watches() {
    return opened;
  }
}
