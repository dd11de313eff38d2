package dev.acktask.operator;

import java.util.concurrent.CountDownLatch;

/** Virtual threads that occupy all carriers until closed, so that no other virtual thread runs. */
public final class BusyCarriers {
  private volatile boolean isClosed;

  /** Returns once all carriers are occupied. */
  public BusyCarriers() throws InterruptedException {
    int carriers =
        Integer.getInteger(
            "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
    CountDownLatch taken = new CountDownLatch(carriers);
    for (int i = 0; i < 2 * carriers; i++) { // in case that the JDK adds some
      Thread.startVirtualThread(
          () -> {
            taken.countDown();
            while (!isClosed) {
              Thread.onSpinWait();
            }
          });
    }
    taken.await();
  }

  public void close() {
    isClosed = true;
  }
}
