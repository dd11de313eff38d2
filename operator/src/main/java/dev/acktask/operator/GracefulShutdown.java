package dev.acktask.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shutdown hook: runs the registered steps in reverse order. A failing step does not stop the
 * others.
 */
final class GracefulShutdown {
  private static final Logger log = LoggerFactory.getLogger(GracefulShutdown.class);

  private final Deque<Runnable> steps = new ArrayDeque<>();
  private volatile boolean isShuttingDown;

  /**
   * Registers the hook. On a signal, calls in flight are aborted (the next process repeats them),
   * writes are finished, the lease is released, and queued traces are sent last.
   */
  static GracefulShutdown onSignal() {
    GracefulShutdown shutdown = new GracefulShutdown();
    Thread hook =
        new Thread(
            () -> {
              log.info("Stopping");
              shutdown.run();
              Runtime.getRuntime().halt(0);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return shutdown;
  }

  /** Registers a step; it runs before the steps that were registered earlier. */
  synchronized void add(Runnable step) {
    steps.push(step);
  }

  /** True once the shutdown has started; later failures are a consequence of it. */
  boolean isShuttingDown() {
    return isShuttingDown;
  }

  /** Runs the registered steps once. */
  void run() {
    isShuttingDown = true;
    runSteps();
  }

  private synchronized void runSteps() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (RuntimeException failure) {
        log.warn("A shutdown step failed", failure);
      }
    }
  }
}
