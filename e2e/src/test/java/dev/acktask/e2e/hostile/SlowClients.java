package dev.acktask.e2e.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Clients of the management ports that hold their connections: half-open requests, requests that
 * arrive byte by byte, and slow readers of {@code /metrics}. Each connects again when it is closed.
 */
final class SlowClients implements AutoCloseable {
  private static final int HALF_OPEN = 80;
  private static final int DRIPPING = 16;
  private static final int SLOW_READERS = 16;
  private static final byte[] REQUEST_LINE =
      "GET /livez HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII);
  private static final byte[] METRICS =
      "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);
  private static final long MOMENT_MILLIS = 200;

  private final Set<Integer> ports;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  /** Holds a connection until the server closes it. */
  private interface Client {
    void hold(Socket socket) throws IOException, InterruptedException;
  }

  SlowClients(Set<Integer> ports) {
    this.ports = Set.copyOf(ports);
  }

  /** Connects all of them to each port. */
  void start() {
    for (int port : ports) {
      start(port, HALF_OPEN, this::halfOpen);
      start(port, DRIPPING, this::drip);
      start(port, SLOW_READERS, this::readSlowly);
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void start(int port, int count, Client client) {
    for (int i = 0; i < count; i++) {
      Thread.ofVirtual().start(() -> holdAgainAndAgain(port, client));
    }
  }

  private void holdAgainAndAgain(int port, Client client) {
    try {
      while (!isOver(MOMENT_MILLIS)) {
        try (Socket socket = new Socket()) {
          sockets.add(socket);
          // A small window, so that slow reads block the server.
          socket.setReceiveBufferSize(2048);
          socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2_000);
          client.hold(socket);
        } catch (IOException refused) {
          // The next round tries again.
        } finally {
          sockets.removeIf(Socket::isClosed);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void halfOpen(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST_LINE);
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private void drip(Socket socket) throws IOException, InterruptedException {
    socket.getOutputStream().write(REQUEST_LINE);
    socket.getOutputStream().write("X: ".getBytes(US_ASCII));
    while (!isOver(MOMENT_MILLIS)) {
      socket.getOutputStream().write('x');
    }
  }

  private void readSlowly(Socket socket) throws IOException, InterruptedException {
    socket.getOutputStream().write(METRICS);
    InputStream in = socket.getInputStream();
    while (!isOver(MOMENT_MILLIS) && in.read() >= 0) {
      // One byte at a time.
    }
  }

  private boolean isOver(long millis) throws InterruptedException {
    return closed.await(millis, TimeUnit.MILLISECONDS);
  }
}
