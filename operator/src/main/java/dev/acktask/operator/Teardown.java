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

  /**
   * A signal ends the process in good order, also one that stands by. Calls in flight end within
   * the grace period; what they would have said is asked again.
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

  synchronized void run() {
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (RuntimeException failure) {
        log.warn("Not everything could be stopped in order", failure);
      }
    }
  }
}
