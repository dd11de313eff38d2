package dev.acktask.operator.alibaba;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads buffers one after the other without changing their positions. */
final class PartsStream extends InputStream {
  private final List<ByteBuffer> parts;
  private int next;
  private ByteBuffer current = ByteBuffer.allocate(0);

  PartsStream(List<ByteBuffer> parts) {
    this.parts = parts;
  }

  private boolean hasMore() {
    while (!current.hasRemaining() && next < parts.size()) {
      current = parts.get(next++).duplicate();
    }
    return current.hasRemaining();
  }

  @Override
  public int read() {
    return hasMore() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(into, offset, count);
    return count;
  }
}
