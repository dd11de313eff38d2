package dev.acktask.operator.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One call under way. Giving it up closes what it holds, which ends whatever it waits for: a limit
 * for each read would not end an answer of one byte per second.
 */
final class Call {
  private @Nullable Closeable held;
  private boolean isGivenUp;

  /**
   * From now on giving up means to close {@code resource}.
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
        // It is given up all the same.
      }
    }
  }

  /** What it held is somebody else's from now on. */
  synchronized void letGo() {
    held = null;
  }

  synchronized boolean isGivenUp() {
    return isGivenUp;
  }
}
