package dev.acktask.operator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exits the process when a thread ends with an {@link Error}. A process that has lost a thread
 * keeps its Lease and answers its probes, so only a restart recovers the lost work. Applies to
 * platform threads and virtual threads.
 */
final class UncaughtErrorHandler implements Thread.UncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(UncaughtErrorHandler.class);

  private final Runnable exit;

  /**
   * @param exit exits the process at once, without shutdown hooks
   */
  UncaughtErrorHandler(Runnable exit) {
    this.exit = exit;
  }

  /** Logs {@code failure}. The process exits even if logging fails. */
  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    try {
      log.atError()
          .setCause(failure)
          .addKeyValue("thread", thread.getName())
          .log(failure instanceof Error ? "A thread failed; exiting" : "A thread failed");
    } finally {
      if (failure instanceof Error) {
        exit.run();
      }
    }
  }
}
