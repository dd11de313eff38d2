package dev.acktask.e2e.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes bytes to the API server, TLS included, until a test breaks the connections. The
 * certificate of the API server is for the address only, so clients accept it.
 */
final class TcpProxy implements AutoCloseable {
  private final URI target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> silent = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;

  TcpProxy(URI target) {
    this.target = target;
    try {
      this.listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("tcp-proxy").start(this::accept);
  }

  /** Where clients connect to. */
  URI address() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  /** Closes every open connection and accepts new ones. Returns the number of closed ones. */
  int breakAll() {
    int broken = open.size() / 2;
    open.forEach(TcpProxy::closeQuietly);
    return broken;
  }

  /**
   * Passes nothing more over the open connections and does not close them, like a firewall that
   * lost its state; new ones work. Returns the number of open connections.
   */
  int silence() {
    silent.addAll(open);
    return silent.size() / 2;
  }

  /** Closes every open and every new connection, until {@link #admit}. */
  void refuse() {
    refusing = true;
    breakAll();
  }

  void admit() {
    refusing = false;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    breakAll();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        pass(listener.accept());
      } catch (IOException closed) {
        // This proxy is closed, or the server is down, which the client notices.
      }
    }
  }

  private void pass(Socket client) throws IOException {
    if (refusing) {
      client.close();
      return;
    }
    Socket server;
    try {
      server = new Socket(target.getHost(), target.getPort());
    } catch (IOException down) {
      client.close();
      throw down;
    }
    open.add(client);
    open.add(server);
    Thread.ofVirtual().start(() -> pump(client, server));
    Thread.ofVirtual().start(() -> pump(server, client));
  }

  private void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (silent.contains(from)) {
          in.transferTo(OutputStream.nullOutputStream());
          return;
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException broken) {
      // The other direction ends as well.
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
