package dev.acktask.e2e.faults;

import dev.acktask.e2e.interruption.Call;
import dev.acktask.e2e.interruption.Fault;
import dev.acktask.e2e.interruption.FaultPlan;
import java.util.List;

/** Faults befall the next writes of a status in turn, as many as are asked for. */
final class RefusedWrites implements FaultPlan {
  private final List<Fault> faults;
  private int left;
  private int refused;
  private int over;

  RefusedWrites(Fault... faults) {
    this.faults = List.of(faults);
  }

  @Override
  public synchronized Fault befalls(Call call) {
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

  /** Whether the operator has been answered, or has given up. */
  synchronized boolean isOver() {
    return left == 0 && over == refused;
  }
}
