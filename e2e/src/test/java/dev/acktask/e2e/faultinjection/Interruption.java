package dev.acktask.e2e.faultinjection;

import dev.acktask.e2e.operator.OperatorProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Numbers the requests of one run and injects one fault into one of them. */
final class Interruption implements FaultPlan {
  /** One fault causes one restart, and one more if the first restart fails. */
  private static final int MAX_STARTS = 3;

  private final Optional<RequestPoint> target;
  private final Fault fault;
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<RequestPoint> points = new ArrayList<>();
  private final CountDownLatch dead = new CountDownLatch(1);
  private boolean over;
  private boolean wantsKill;
  private int starts;

  private Interruption(Optional<RequestPoint> target, Fault fault) {
    this.target = target;
    this.fault = fault;
  }

  /** Numbers the requests without a fault. */
  static Interruption none() {
    return new Interruption(Optional.empty(), Fault.NONE);
  }

  static Interruption at(RequestPoint point, Fault fault) {
    return new Interruption(Optional.of(point), fault);
  }

  @Override
  public synchronized Fault faultOf(Call call) {
    String operation = RequestPoint.operation(call);
    RequestPoint point = new RequestPoint(operation, counts.merge(operation, 1, Integer::sum));
    points.add(point);
    return target.filter(point::equals).isPresent() ? fault : Fault.NONE;
  }

  /** Returns when {@link #maintain} has killed the operator. */
  @Override
  public void kill() {
    synchronized (this) {
      wantsKill = true;
    }
    try {
      dead.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills {@code operator} when {@link #kill} asks for it, and restarts it when it is dead. */
  void maintain(OperatorProcess operator) {
    synchronized (this) {
      if (wantsKill) {
        wantsKill = false;
        operator.kill();
        dead.countDown();
      }
    }
    if (!operator.isAlive()) {
      if (starts++ == MAX_STARTS) {
        throw new IllegalStateException("the operator does not stay up: " + operator.output());
      }
      operator.launch();
    }
  }

  @Override
  public synchronized void over() {
    over = true;
  }

  /** True when there is no fault or the fault has ended. */
  synchronized boolean isOver() {
    return target.isEmpty() || over;
  }

  /** All requests so far, in their order. */
  synchronized List<RequestPoint> points() {
    return List.copyOf(points);
  }
}
