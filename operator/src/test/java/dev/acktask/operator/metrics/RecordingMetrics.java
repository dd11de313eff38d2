package dev.acktask.operator.metrics;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Records all calls. */
public final class RecordingMetrics implements OperatorMetrics {
  public final List<String> events = new CopyOnWriteArrayList<>();
  public final List<Duration> delays = new CopyOnWriteArrayList<>();
  public final List<Duration> waits = new CopyOnWriteArrayList<>();
  public final AtomicInteger sweeps = new AtomicInteger();
  public final AtomicInteger missedChanges = new AtomicInteger();
  public final AtomicInteger failures = new AtomicInteger();
  public final AtomicInteger droppedEvents = new AtomicInteger();

  @Override
  public void pollStarted(Duration delay) {
    delays.add(delay);
  }

  @Override
  public void reconcileFailed() {
    failures.incrementAndGet();
  }

  @Override
  public void budgetAcquired(Duration wait) {
    waits.add(wait);
  }

  @Override
  public void sweepEnded(String connection, int missed) {
    sweeps.incrementAndGet();
    missedChanges.addAndGet(missed);
  }

  @Override
  public void eventEmitted(String reason) {
    events.add(reason);
  }

  @Override
  public void eventDropped() {
    droppedEvents.incrementAndGet();
  }
}
