package dev.acktask.e2e.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The control planes of a run: as many as test classes run at once. A class has one alone, which
 * the next class takes over.
 */
final class ControlPlanes implements AutoCloseable {
  private final ControlPlaneBinaries binaries;
  private final List<ControlPlane> started = new ArrayList<>();
  private final Deque<ControlPlane> free = new ArrayDeque<>();
  private int launched;

  ControlPlanes(ControlPlaneBinaries binaries) {
    this.binaries = binaries;
  }

  /** A control plane that nothing else uses until it is given back; started if none is free. */
  Borrowed borrow() {
    int number;
    synchronized (this) {
      ControlPlane next = free.pollLast();
      if (next != null) {
        return new Borrowed(this, next);
      }
      launched++;
      number = launched;
    }
    String folder = number == 1 ? "control-plane" : "control-plane-" + number;
    ControlPlane controlPlane =
        ControlPlane.startWithChart(binaries, Settings.output().resolve(folder));
    synchronized (this) {
      started.add(controlPlane);
    }
    return new Borrowed(this, controlPlane);
  }

  private synchronized void release(ControlPlane controlPlane) {
    free.addLast(controlPlane);
  }

  @Override
  public synchronized void close() {
    started.forEach(ControlPlane::close);
  }

  /** The use of one control plane by one class. */
  record Borrowed(ControlPlanes pool, ControlPlane controlPlane) implements AutoCloseable {
    @Override
    public void close() {
      controlPlane.deleteLeftovers();
      pool.release(controlPlane);
    }
  }
}
