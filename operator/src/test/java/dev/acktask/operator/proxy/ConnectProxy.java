package dev.acktask.operator.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy on loopback that supports CONNECT only. It resolves every name to this machine,
 * like a proxy for clients without DNS.
 */
public final class ConnectProxy implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Socket> open = new ConcurrentLinkedQueue<>();
  private volatile String requiredAuthorization = "";
  private volatile byte[] fixedAnswer = {};

  public ConnectProxy() throws IOException {
    var unused = threads.submit(this::accept);
  }

  /** Answers 407 to requests without these credentials. */
  public ConnectProxy asking(String authorization) {
    requiredAuthorization = authorization;
    return this;
  }

  /** Answers every request with these bytes and closes the connection. */
  public ConnectProxy answering(String bytes) {
    fixedAnswer = bytes.getBytes(StandardCharsets.ISO_8859_1);
    return this;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** The head of each request, in order. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  private Void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      open.add(client);
      var unused = threads.submit(() -> serve(client));
    }
  }

  private Void serve(Socket client) throws IOException {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head);
      OutputStream out = client.getOutputStream();
      if (fixedAnswer.length > 0) {
        out.write(fixedAnswer);
      } else if (!head.toLowerCase(java.util.Locale.ROOT)
              .contains(
                  ("proxy-authorization: " + requiredAuthorization)
                      .toLowerCase(java.util.Locale.ROOT))
          && !requiredAuthorization.isEmpty()) {
        out.write(
            String.join(
                    "\r\n",
                    "HTTP/1.1 407 Proxy Authentication Required",
                    "proxy-authenticate: Basic realm=\"test\"",
                    "content-length: 0",
                    "",
                    "")
                .getBytes(StandardCharsets.US_ASCII));
      } else {
        tunnel(client, out, head.split(" ", 3)[1]);
      }
    }
    return null;
  }

  private void tunnel(Socket client, OutputStream out, String target) throws IOException {
    int port = Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    try (Socket destination = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.add(destination);
      out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      var unused =
          threads.submit(
              () -> {
                try (destination) {
                  return client.getInputStream().transferTo(destination.getOutputStream());
                }
              });
      destination.getInputStream().transferTo(out);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client closed the connection");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Returns once the port refuses connections: a blocked accept keeps the listener open. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.shutdownNow();
    threads.close();
  }
}
