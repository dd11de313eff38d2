package dev.acktask.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes what the demo opened, last things first, exactly once: at the end of the run, or when a
 * signal ends it earlier.
 */
final class Teardown implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private volatile boolean begun;

  /** A teardown that SIGINT and SIGTERM set off as well. */
  static Teardown alsoOnSignals() {
    Teardown teardown = new Teardown();
    Runtime.getRuntime().addShutdownHook(new Thread(teardown::close, "teardown"));
    return teardown;
  }

  /** Takes care of {@code resource}, which must not have been started yet. */
  synchronized <T extends AutoCloseable> T add(T resource) {
    if (begun) {
      throw new IllegalStateException("the demo is ending");
    }
    open.push(resource);
    return resource;
  }

  /** Whether a signal or the end of the run has set it off. */
  boolean begun() {
    return begun;
  }

  @Override
  public synchronized void close() {
    begun = true;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception failure) {
        System.err.println("Not cleaned up: " + failure.getMessage());
      }
    }
  }
}
