package dev.acktask.operator.alibaba;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;

/** TLS that reports whether a part of a record waits for its rest. */
final class TlsConnection extends SslConnection {
  private volatile boolean isEstablished;
  private volatile boolean hasPartOfRecord;

  TlsConnection(ByteBufferPool buffers, Executor executor, EndPoint endPoint, SSLEngine engine) {
    super(buffers, executor, null, endPoint, engine);
    setRenegotiationAllowed(false);
    addHandshakeListener(
        new SslHandshakeListener() {
          @Override
          public void handshakeSucceeded(Event event) {
            isEstablished = true;
          }
        });
  }

  @Override
  protected SSLEngineResult unwrap(SSLEngine engine, ByteBuffer input, ByteBuffer output)
      throws SSLException {
    SSLEngineResult result = super.unwrap(engine, input, output);
    hasPartOfRecord = input.hasRemaining();
    return result;
  }

  /** True once the server's certificate and name are verified. */
  boolean isEstablished() {
    return isEstablished;
  }

  /** True if bytes have arrived that are not decrypted yet. */
  boolean hasPartOfRecord() {
    return hasPartOfRecord;
  }
}
