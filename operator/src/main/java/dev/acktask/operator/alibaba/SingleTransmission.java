package dev.acktask.operator.alibaba;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An empty request body that can be put on the wire once.
 *
 * <p>The JDK's client repeats a GET by itself when the connection dies before the first byte of an
 * answer, and has no switch for that but one for the whole process. A repeated request carries the
 * nonce of the first; the cloud would refuse it as a replay, and a broken connection would read as
 * a wrong clock. The length is asked for whenever the head is written, so that is where a second
 * time is refused.
 */
final class SingleTransmission implements BodyPublisher {
  private final AtomicBoolean isSent = new AtomicBoolean();
  private final AtomicBoolean wasRepeated = new AtomicBoolean();

  @Override
  public long contentLength() {
    if (isSent.getAndSet(true)) {
      wasRepeated.set(true);
      throw new IllegalStateException("a signed request is sent once");
    }
    return 0;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    throw new IllegalStateException("there is no body");
  }

  /** True when the connection died before an answer and the client meant to send once more. */
  boolean wasRepeated() {
    return wasRepeated.get();
  }
}
