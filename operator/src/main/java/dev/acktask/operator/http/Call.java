package dev.acktask.operator.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One call under way. Giving it up closes the resource that it holds, which ends any wait: a
 * timeout for each read would not end an answer of one byte per second.
 */
final class Call {
  private final long deadlineNanos;
  private @Nullable Closeable held;
  private boolean isGivenUp;

  /** A call that ends {@code nanos} from now. */
  Call(long nanos) {
    this.deadlineNanos = System.nanoTime() + nanos;
  }

  /** On the clock of {@link System#nanoTime}. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** Nanoseconds until the deadline, 0 when it has passed. */
  long leftNanos() {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }

  /**
   * Makes {@link #giveUp} close {@code resource}.
   *
   * @throws InterruptedIOException when the call has been given up already
   */
  synchronized void holds(Closeable resource) throws IOException {
    held = resource;
    if (isGivenUp) {
      resource.close();
      throw new InterruptedIOException("given up");
    }
  }

  synchronized void giveUp() {
    isGivenUp = true;
    if (held != null) {
      try {
        held.close();
      } catch (IOException e) {
        // The call is given up in any case.
      }
    }
  }

  /** Ends the hold: {@link #giveUp} no longer closes the resource. */
  synchronized void letGo() {
    held = null;
  }

  synchronized boolean isGivenUp() {
    return isGivenUp;
  }
}
