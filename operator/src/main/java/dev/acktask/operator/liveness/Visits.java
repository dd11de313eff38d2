package dev.acktask.operator.liveness;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The visits of objects that are under way or promised, by uid and a monotonic clock. A visit that
 * never ends holds a worker for ever, and a promise that nobody keeps is an object that is polled
 * no more; the framework notices neither.
 */
public final class Visits {
  /** A promise broken for so long was forgotten; timers are late by milliseconds. */
  private static final Duration OVERDUE = Duration.ofSeconds(80);

  /** What a visit does besides its call: writes to a Kubernetes API that hardly answers. */
  private static final Duration WRITES = Duration.ofSeconds(75);

  private final Map<String, Long> underWay = new ConcurrentHashMap<>();
  private final Map<String, Long> promised = new ConcurrentHashMap<>();
  private final int workers;
  private final Duration longest;
  private final LongSupplier nanoTime;
  private volatile long lastBusy;

  /**
   * @param workers how many visits can be under way at once
   * @param callTimeout the longest that a visit waits for the cloud
   */
  public Visits(int workers, Duration callTimeout, LongSupplier nanoTime) {
    this.workers = workers;
    this.longest = callTimeout.plus(WRITES);
    this.nanoTime = nanoTime;
    this.lastBusy = nanoTime.getAsLong() - OVERDUE.toNanos();
  }

  public void began(String uid) {
    long now = nanoTime.getAsLong();
    promised.remove(uid);
    underWay.put(uid, now);
    if (underWay.size() >= workers) {
      lastBusy = now;
    }
  }

  /**
   * Notes the end of a visit.
   *
   * @param next when the object has to be visited again; empty when only an edit is a reason
   */
  public void ended(String uid, Optional<Duration> next) {
    underWay.remove(uid);
    next.ifPresent(wait -> promised.put(uid, nanoTime.getAsLong() + wait.toNanos()));
  }

  /**
   * Says dead when a visit does not end or a promise was not kept.
   *
   * @param living the objects there are; a promise to one that was deleted needs no visit
   */
  public Liveness check(Set<String> living) {
    promised.keySet().retainAll(living);
    long now = nanoTime.getAsLong();
    Duration lasting = longestUntil(now, underWay);
    if (lasting.compareTo(longest) > 0) {
      return new Liveness.Dead("a worker has been busy with one visit for " + text(lasting));
    }
    // While all workers are busy an object waits for its turn, and the line moves.
    boolean turnsAreFree = now - lastBusy >= OVERDUE.toNanos();
    Duration late = longestUntil(now, promised);
    return turnsAreFree && late.compareTo(OVERDUE) > 0
        ? new Liveness.Dead("a visit is overdue by " + text(late) + " while workers are idle")
        : new Liveness.Alive();
  }

  private static Duration longestUntil(long now, Map<String, Long> times) {
    long longest = 0;
    for (long time : times.values()) {
      longest = Math.max(longest, now - time);
    }
    return Duration.ofNanos(longest);
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
