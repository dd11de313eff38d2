package dev.acktask.e2e.interruption;

import dev.acktask.e2e.operator.OperatorProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Numbers the requests of one run and lets one fault befall one of them. */
final class Interruption implements FaultPlan {
  /** One fault is worth one restart, and one more if its first one failed. */
  private static final int MOST_STARTS = 3;

  private final Optional<Point> turn;
  private final Fault fault;
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Point> points = new ArrayList<>();
  private final CountDownLatch dead = new CountDownLatch(1);
  private boolean over;
  private boolean wantsKill;
  private int starts;

  private Interruption(Optional<Point> turn, Fault fault) {
    this.turn = turn;
    this.fault = fault;
  }

  /** Only numbers. */
  static Interruption none() {
    return new Interruption(Optional.empty(), Fault.NONE);
  }

  static Interruption at(Point point, Fault fault) {
    return new Interruption(Optional.of(point), fault);
  }

  @Override
  public synchronized Fault befalls(Call call) {
    String operation = Point.operation(call);
    Point point = new Point(operation, seen.merge(operation, 1, Integer::sum));
    points.add(point);
    return turn.filter(point::equals).isPresent() ? fault : Fault.NONE;
  }

  /** Called where the request is; returns when {@link #tend} has killed the operator. */
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

  /** Kills {@code operator} when it is its turn, and starts it again whenever it is dead. */
  void tend(OperatorProcess operator) {
    synchronized (this) {
      if (wantsKill) {
        wantsKill = false;
        operator.kill();
        dead.countDown();
      }
    }
    if (!operator.isAlive()) {
      if (starts++ == MOST_STARTS) {
        throw new IllegalStateException("it does not stay up: " + operator.output());
      }
      operator.launch();
    }
  }

  @Override
  public synchronized void over() {
    over = true;
  }

  /** Whether the operator has felt the fault, if there is one. */
  synchronized boolean isOver() {
    return turn.isEmpty() || over;
  }

  /** All requests so far, in their order. */
  synchronized List<Point> points() {
    return List.copyOf(points);
  }
}
