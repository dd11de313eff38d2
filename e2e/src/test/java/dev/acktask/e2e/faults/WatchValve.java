package dev.acktask.e2e.faults;

import dev.acktask.e2e.faultinjection.Call;
import dev.acktask.e2e.faultinjection.Fault;
import dev.acktask.e2e.faultinjection.FaultPlan;

/**
 * Passes everything. While it is shut, a watch delivers nothing: its connection stays open and
 * silent.
 */
public final class WatchValve implements FaultPlan {
  private final String resource;
  private boolean isShut;
  private boolean isHeld;
  private int opened;

  /** A valve of all watches. */
  public WatchValve() {
    this("");
  }

  /**
   * @param resource whose watches can be shut, for example {@code /ackconnections}
   */
  public WatchValve(String resource) {
    this.resource = resource;
  }

  @Override
  public synchronized Fault faultOf(Call call) {
    opened += isOurs(call) ? 1 : 0;
    return isHeld && isOurs(call) ? Fault.HOLD_BEFORE : Fault.NONE;
  }

  @Override
  public synchronized void beforePiece(Call call) throws InterruptedException {
    while (isShut && isOurs(call)) {
      wait();
    }
  }

  private boolean isOurs(Call call) {
    return call.isWatch() && call.path().contains(resource);
  }

  /** From now on a new watch gets no answer at all. */
  public synchronized void hold() {
    isHeld = true;
  }

  /** From now on watches are answered. */
  public synchronized void answer() {
    isHeld = false;
  }

  public synchronized void shut() {
    isShut = true;
  }

  public synchronized void open() {
    isShut = false;
    notifyAll();
  }

  /** Number of requested watches. */
  public synchronized int watches() {
    return opened;
  }
}
