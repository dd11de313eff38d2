package dev.acktask.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes the added resources once, in reverse order: at the end of the run or on a signal. */
final class DemoResources implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private volatile boolean shuttingDown;

  /** Resources that are closed on SIGINT and SIGTERM as well. */
  static DemoResources closedOnSignals() {
    DemoResources resources = new DemoResources();
    Runtime.getRuntime().addShutdownHook(new Thread(resources::close, "close-resources"));
    return resources;
  }

  /**
   * Closes {@code resource} at the end. It must not be started yet.
   *
   * @throws IllegalStateException when closing has begun
   */
  synchronized <T extends AutoCloseable> T add(T resource) {
    if (shuttingDown) {
      throw new IllegalStateException("the demo is ending");
    }
    open.push(resource);
    return resource;
  }

  boolean isShuttingDown() {
    return shuttingDown;
  }

  @Override
  public synchronized void close() {
    shuttingDown = true;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception failure) {
        System.err.println("Not cleaned up: " + failure.getMessage());
      }
    }
  }
}
