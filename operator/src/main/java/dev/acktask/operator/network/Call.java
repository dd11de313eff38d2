package dev.acktask.operator.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One call under way, with the deadline of the call as a whole. Giving it up closes the resource
 * that it holds, which ends any wait for that resource.
 */
public final class Call {
  private final long deadlineNanos;
  private @Nullable Closeable held;
  private boolean isGivenUp;

  /** A call that ends {@code nanos} from now. */
  public Call(long nanos) {
    this.deadlineNanos = System.nanoTime() + nanos;
  }

  /** On the clock of {@link System#nanoTime}. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** Nanoseconds until the deadline, 0 when it has passed. */
  public long leftNanos() {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }

  /**
   * Makes {@link #giveUp} close {@code resource}, instead of the one before.
   *
   * @throws InterruptedIOException when the call has been given up already
   */
  public synchronized void holds(Closeable resource) throws IOException {
    held = resource;
    if (isGivenUp) {
      resource.close();
      throw new InterruptedIOException("given up");
    }
  }

  /** Ends the call before its deadline. */
  public synchronized void giveUp() {
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
  public synchronized void letGo() {
    held = null;
  }

  /** True after {@link #giveUp}. */
  public synchronized boolean isGivenUp() {
    return isGivenUp;
  }
}
