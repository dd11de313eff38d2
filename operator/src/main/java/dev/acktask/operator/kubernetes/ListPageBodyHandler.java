package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.ByteArrayBodyHandler;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Collects the body of one page. A body that exceeds its budget is cancelled, not collected. */
final class ListPageBodyHandler extends ByteArrayBodyHandler {
  private final long budget;
  private volatile long size;

  /**
   * @param budget maximum size in bytes
   */
  ListPageBodyHandler(long budget) {
    this.budget = budget;
  }

  /** Calls are sequential. */
  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void consume(List<ByteBuffer> part, AsyncBody body) throws Exception {
    size += part.stream().mapToLong(Buffer::remaining).sum();
    if (overflowed()) {
      body.cancel();
    } else {
      super.consume(part, body);
    }
  }

  /** The complete body of {@code response}; fails if it was cancelled. */
  CompletableFuture<byte[]> read(HttpResponse<AsyncBody> response) {
    onResponse(response);
    return getResult();
  }

  /** True once the body has exceeded its budget. */
  boolean overflowed() {
    return size > budget;
  }

  /** Number of bytes received. */
  long size() {
    return size;
  }
}
