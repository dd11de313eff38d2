package dev.acktask.operator.alibaba;

import java.util.concurrent.locks.LockSupport;

/** A monotonic clock, and waiting on it. */
interface QuietClock {
  /** The clock of the process. */
  QuietClock SYSTEM =
      new QuietClock() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void pause(long nanos) {
          LockSupport.parkNanos(nanos);
        }
      };

  long nanoTime();

  /** Blocks for {@code nanos}, or for a shorter time. */
  void pause(long nanos);
}
