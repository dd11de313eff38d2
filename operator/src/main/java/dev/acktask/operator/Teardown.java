package dev.acktask.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be ended when a signal comes, as far as it has been started by then: the last thing
 * first, each of them even if another one fails.
 */
final class Teardown {
  private static final Logger log = LoggerFactory.getLogger(Teardown.class);

  private final Deque<Runnable> steps = new ArrayDeque<>();
  private volatile boolean hasBegun;

  /**
   * A signal ends the process in good order, also one that stands by: calls in flight are dropped
   * and asked again by the next process, writes are finished, the lease is released, and traces
   * that wait are sent last.
   */
  static Teardown onSignal() {
    Teardown teardown = new Teardown();
    Thread hook =
        new Thread(
            () -> {
              log.info("Stopping");
              teardown.run();
              Runtime.getRuntime().halt(0);
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return teardown;
  }

  /** To be called once there is something to end. */
  synchronized void add(Runnable step) {
    steps.push(step);
  }

  /** True once the process is about to end: what fails from then on says nothing of the world. */
  boolean hasBegun() {
    return hasBegun;
  }

  void run() {
    hasBegun = true;
    runSteps();
  }

  private synchronized void runSteps() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (RuntimeException failure) {
        log.warn("Not everything could be stopped in order", failure);
      }
    }
  }
}
