package dev.acktask.operator.alibaba;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory of all bodies under way. A body takes its share in pieces as its bytes arrive;
 * the share ends with the call.
 *
 * <p>The first {@link #PIECE} of each body never waits, so large answers do not delay small ones;
 * the check of the heap at startup reserves it for every call. Bodies that need more than is free
 * wait in line, each up to its deadline. The first in line may use a reserve of one largest body,
 * which nothing else uses: it can always complete, so partly read bodies never deadlock.
 */
final class BodyBudget {
  /** Bytes that a share grows by; far below half a heap region, so no humongous objects. */
  static final int PIECE = 16 * 1024;

  /** Memory for parsing an answer, in multiples of its bytes. */
  private static final int READING = 4;

  /** One call in five bytes of heap, the rest is for the objects and the work on them. */
  private static final int PART_OF_HEAP = 5;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final ArrayDeque<Share> line = new ArrayDeque<>();
  private long free;
  private @Nullable Share withReserve;
  private boolean isClosed;

  /**
   * A budget that is unused.
   *
   * @param bytes for all bodies together, without the first piece of each and the reserve
   */
  BodyBudget(long bytes) {
    this.free = bytes;
  }

  /**
   * The budget of a process.
   *
   * @param maxHeapBytes of which it is a fifth, at least one piece
   * @param maxBodyBytes the reserve, within that fifth
   */
  static BodyBudget of(long maxHeapBytes, int maxBodyBytes) {
    return new BodyBudget(Math.max(PIECE, maxHeapBytes / PART_OF_HEAP - maxBodyBytes));
  }

  /**
   * The smallest heap for which a configuration is safe: a fifth of it holds the first piece of
   * every call, and one largest body with what reading it needs.
   */
  static long smallestHeap(int maxCalls, int maxBodyBytes) {
    return PART_OF_HEAP * ((long) maxCalls * PIECE + (long) READING * maxBodyBytes);
  }

  /** The share of one call; nothing of it is taken yet. */
  Share share(long deadlineNanos) {
    return new Share(deadlineNanos);
  }

  /** Ends all waiting; later growth is refused. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** No memory for the body became free before the call's deadline. */
  static final class Exhausted extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The share of one call; for one thread. */
  final class Share implements AutoCloseable {
    private final long deadlineNanos;
    private boolean hasFirstPiece;
    private long taken;

    private Share(long deadlineNanos) {
      this.deadlineNanos = deadlineNanos;
    }

    /**
     * Takes one more {@link #PIECE}, and waits for it until the deadline.
     *
     * @throws Exhausted when there was none in time
     */
    void grow() throws IOException {
      if (!hasFirstPiece) {
        hasFirstPiece = true;
        return;
      }
      lock.lock();
      try {
        line.addLast(this);
        while (!take()) {
          long left = deadlineNanos - System.nanoTime();
          if (left <= 0 || isClosed) {
            throw new Exhausted();
          }
          var unused = released.await(left, TimeUnit.NANOSECONDS);
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new Exhausted();
      } finally {
        line.remove(this);
        released.signalAll(); // the next in line may be first now
        lock.unlock();
      }
    }

    private boolean take() {
      if (withReserve == this) {
        return true;
      }
      if (line.peekFirst() != this) {
        return false;
      }
      if (free >= PIECE) {
        free -= PIECE;
        taken += PIECE;
        return true;
      }
      if (withReserve == null) {
        withReserve = this;
        return true;
      }
      return false;
    }

    /** Gives back all that it took. */
    @Override
    public void close() {
      lock.lock();
      try {
        free += taken;
        taken = 0;
        if (withReserve == this) {
          withReserve = null;
        }
        released.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
