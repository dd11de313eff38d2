package dev.acktask.operator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when a thread ends with an {@link Error}. A process that has lost a thread keeps
 * its Lease and answers its probes, so that only its end can bring the lost work back. Holds for
 * platform threads and virtual threads alike.
 */
final class UncaughtErrorHandler implements Thread.UncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(UncaughtErrorHandler.class);

  private final Runnable exit;

  /**
   * @param exit ends the process at once, without shutdown hooks
   */
  UncaughtErrorHandler(Runnable exit) {
    this.exit = exit;
  }

  /** Logs {@code failure}. The process ends even if logging fails. */
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
