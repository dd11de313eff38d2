package dev.acktask.e2e.hostile;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Limits and counts the bytes of all writers together. */
final class ByteRate {
  private final long bytesPerSecond;
  private final AtomicLong total = new AtomicLong();
  private long nextFree = System.nanoTime();

  ByteRate(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** Waits until that many bytes may be written. */
  void take(int bytes) {
    long wait = reserve(bytes) - System.nanoTime();
    if (wait > 0) {
      LockSupport.parkNanos(wait);
    }
    total.addAndGet(bytes);
  }

  /** Bytes taken up to now. */
  long total() {
    return total.get();
  }

  private synchronized long reserve(int bytes) {
    long start = Math.max(nextFree, System.nanoTime());
    nextFree = start + TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
    return start;
  }
}
