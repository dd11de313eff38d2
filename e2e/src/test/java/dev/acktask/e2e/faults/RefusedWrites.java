package dev.acktask.e2e.faults;

import dev.acktask.e2e.faultinjection.Call;
import dev.acktask.e2e.faultinjection.Fault;
import dev.acktask.e2e.faultinjection.FaultPlan;
import java.util.List;

/** Injects a fault into each of the next status writes, a given number of times. */
final class RefusedWrites implements FaultPlan {
  private final List<Fault> faults;
  private int left;
  private int refused;
  private int over;

  RefusedWrites(Fault... faults) {
    this.faults = List.of(faults);
  }

  @Override
  public synchronized Fault faultOf(Call call) {
    if (left == 0 || !call.path().endsWith("/status")) {
      return Fault.NONE;
    }
    left--;
    return faults.get(refused++ % faults.size());
  }

  @Override
  public synchronized void over() {
    over++;
  }

  synchronized void next(int writes) {
    left = writes;
  }

  synchronized int refused() {
    return refused;
  }

  /** True once the operator got an answer or gave up. */
  synchronized boolean isOver() {
    return left == 0 && over == refused;
  }
}
