package dev.acktask.operator.alibaba;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A connection of Jetty's client on which only bytes that come after a request are its answer.
 *
 * <p>Jetty reads a connection that waits for a request, and takes what it has read for the answer
 * of a request that is sent at that moment. Here nothing is read before a request is written: bytes
 * that come earlier close the connection. They are still in the kernel, where {@link #reserve} and
 * {@link #addBytesOut} find them, or were read behind the answer before, which is recorded.
 */
final class CloudConnection extends HttpConnectionOverHTTP implements IdleConnections.Reusable {
  private enum State {
    /** Waits for a request. */
    IDLE,
    /** Reserved for a request that is not written yet. */
    RESERVED,
    /** The request is being written, or its answer read. */
    ASKED,
    /** The last byte of the answer is read. */
    ANSWERED,
    /** Nothing is left to read, and Jetty reports the next byte. */
    WATCHED
  }

  private final SocketChannel channel;
  private final @Nullable TlsConnection tls;
  private State state = State.ANSWERED;
  private volatile boolean hasReceived;
  private volatile CompletableFuture<Boolean> reusable = new CompletableFuture<>();

  /**
   * @param channel the TCP connection
   * @param endPoint of {@code channel}, or of TLS over it
   */
  CloudConnection(
      SocketChannel channel,
      EndPoint endPoint,
      HttpDestination destination,
      Promise<Connection> onOpen) {
    super(endPoint, destination, onOpen);
    this.channel = channel;
    this.tls =
        endPoint instanceof SslConnection.SslEndPoint encrypted
            ? (TlsConnection) encrypted.getSslConnection()
            : null;
  }

  @Override
  protected HttpChannelOverHTTP newHttpChannel() {
    return new HttpChannelOverHTTP(this) {
      @Override
      protected HttpReceiverOverHTTP newHttpReceiver() {
        return new StrictReceiver(this);
      }
    };
  }

  boolean isTls() {
    return tls != null;
  }

  @Override
  public synchronized boolean reserve() {
    if (state != State.IDLE || isClosed() || !getEndPoint().isOpen() || hasUnreadBytes()) {
      return false;
    }
    state = State.RESERVED;
    hasReceived = false;
    reusable = new CompletableFuture<>();
    return true;
  }

  boolean hasUnreadBytes() {
    try {
      return channel.socket().getInputStream().available() > 0;
    } catch (IOException dead) {
      return true;
    }
  }

  /** True if the reserved request got no byte of an answer, and TLS had been set up before. */
  boolean gotNothing() {
    return !hasReceived && (tls == null || tls.isEstablished());
  }

  /** After an answer: true once the connection waits for a request, false if it must be closed. */
  Future<Boolean> reusable() {
    return reusable;
  }

  /** The connection is not to be used after the answer that is being read. */
  void useOnce() {
    reusable.complete(false);
  }

  /** The last byte of the answer is read. */
  synchronized void answered() {
    state = State.ANSWERED;
  }

  /** Jetty is about to write: what has come until now cannot be an answer. */
  @Override
  protected void addBytesOut(long count) {
    boolean isUnasked;
    synchronized (this) {
      isUnasked = state == State.RESERVED && hasUnreadBytes();
      if (state == State.RESERVED && !isUnasked) {
        state = State.ASKED;
      }
    }
    if (isUnasked) {
      close(); // so that the writing fails
    }
    super.addBytesOut(count);
  }

  /** Bytes have come, or the end. */
  @Override
  public void onFillable() {
    State current;
    synchronized (this) {
      current = state;
    }
    switch (current) {
      case ASKED -> super.onFillable();
      case ANSWERED, WATCHED -> useOnce();
      case IDLE, RESERVED -> close();
    }
  }

  /** Bytes are read, and parsed next. */
  @Override
  protected void addBytesIn(long count) {
    super.addBytesIn(count);
    synchronized (this) {
      if (state != State.ASKED) {
        throw new HttpException.RuntimeException(
            HttpStatus.BAD_GATEWAY_502, "bytes behind the answer");
      }
    }
    hasReceived = true;
  }

  /** Jetty has read all that has come, and registers for more. */
  @Override
  public void fillInterested() {
    synchronized (this) {
      if (state == State.ANSWERED) {
        state = State.WATCHED;
      }
    }
    becomeIdle();
    super.fillInterested();
  }

  @Override
  public void release() {
    super.release();
    becomeIdle();
  }

  private synchronized void becomeIdle() {
    if (state != State.WATCHED || getHttpChannel().getHttpExchange() != null) {
      return;
    }
    if (tls != null && tls.hasPartOfRecord()) {
      useOnce();
    } else if (reusable.complete(true)) {
      state = State.IDLE;
    }
  }

  @Override
  protected void close(Throwable failure) {
    super.close(failure);
    useOnce();
  }
}
