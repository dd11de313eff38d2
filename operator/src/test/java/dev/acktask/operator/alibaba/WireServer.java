package dev.acktask.operator.alibaba;

import dev.acktask.operator.network.Origin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on loopback whose answers are bytes of the test, in plaintext or over TLS. */
final class WireServer implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private final ServerSocket server;
  private final boolean isTls;
  private volatile OnRequest behaviour = socket -> send(socket, OK);

  /** What the server does with a request. */
  @FunctionalInterface
  interface OnRequest {
    void on(Socket socket) throws Exception;
  }

  /**
   * Listens on {@code 127.0.0.1}.
   *
   * @param tls null for plaintext
   */
  WireServer(@Nullable SSLContext tls) throws IOException {
    isTls = tls != null;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    server =
        tls == null
            ? new ServerSocket(0, 50, loopback)
            : tls.getServerSocketFactory().createServerSocket(0, 50, loopback);
    var unused = threads.submit(this::accept);
  }

  Origin origin() {
    return new Origin("cloud.test", server.getLocalPort(), isTls);
  }

  int connections() {
    return connections.get();
  }

  /** Connections that the client has not closed. */
  int openConnections() {
    return open.size();
  }

  int requests() {
    return requests.get();
  }

  void onRequest(OnRequest next) {
    behaviour = next;
  }

  /** Answers each request with these bytes, one character each. */
  void answering(String bytes) {
    onRequest(socket -> send(socket, bytes));
  }

  void closeConnections() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  static void send(Socket socket, String bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private Void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      socket.setTcpNoDelay(true);
      connections.incrementAndGet();
      open.add(socket);
      var unused = threads.submit(() -> serve(socket));
    }
  }

  private Void serve(Socket socket) throws Exception {
    try (socket) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          requests.incrementAndGet();
          behaviour.on(socket);
        }
      }
    } finally {
      open.remove(socket);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeConnections();
    threads.shutdownNow();
  }
}
