package dev.acktask.simulator.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Accepts connections until it is closed; closing ends every connection and every wait. */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final ServerSocket listener;
  private final Optional<SSLContext> tls;
  private final Handler handler;
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HttpServer(ServerSocket listener, Optional<SSLContext> tls, Handler handler) {
    this.listener = listener;
    this.tls = tls;
    this.handler = handler;
  }

  /**
   * Listens on {@code address}; port 0 takes a free one.
   *
   * @param tls speak TLS with this context; empty for plain HTTP
   */
  public static HttpServer start(
      InetSocketAddress address, Optional<SSLContext> tls, Handler handler) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    HttpServer server = new HttpServer(listener, tls, handler);
    server.threads.execute(server::accept);
    return server;
  }

  public InetAddress address() {
    return listener.getInetAddress();
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket raw = listener.accept();
        threads.execute(() -> serve(raw));
      } catch (IOException | RejectedExecutionException e) {
        // The listener is closed, which ends the loop, or one connection failed.
      }
    }
  }

  private void serve(Socket raw) {
    try (raw) {
      ClientConnection connection = new ClientConnection(raw, secured(raw), handler, this::await);
      connections.add(connection);
      try {
        if (closed.getCount() > 0) {
          connection.serve();
        }
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      // the TLS handshake failed; the client gets that error
    }
  }

  private Socket secured(Socket raw) throws IOException {
    if (tls.isEmpty()) {
      return raw;
    }
    SSLSocket socket =
        (SSLSocket)
            tls.get()
                .getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private void await(Duration time) throws IOException {
    try {
      if (time.isPositive() && closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new InterruptedIOException("the server is closing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is closing");
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      // closed in any case
    }
    connections.forEach(ClientConnection::close);
    threads.shutdown();
    try {
      threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
