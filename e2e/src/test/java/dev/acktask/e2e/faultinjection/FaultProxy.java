package dev.acktask.e2e.faultinjection;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A proxy between the operator and one server. A {@link FaultPlan} chooses the fault of each
 * request. Every connection carries one request. After an upgrade, as for a watch, bytes pass in
 * both directions.
 */
public final class FaultProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final URI server;
  private final Optional<Supplier<SSLContext>> serving;
  private final Optional<SSLContext> trusting;
  private final FaultPlan plan;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Map<Socket, Call> calls = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private FaultProxy(
      URI server,
      Optional<Supplier<SSLContext>> serving,
      Optional<SSLContext> trusting,
      FaultPlan plan) {
    try {
      this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.server = server;
    this.serving = serving;
    this.trusting = trusting;
    this.plan = plan;
  }

  /** A proxy of a server without TLS. */
  public static FaultProxy plain(URI server, FaultPlan plan) {
    return started(new FaultProxy(server, Optional.empty(), Optional.empty(), plan));
  }

  /**
   * A proxy of a server with TLS.
   *
   * @param serving presents the certificate to clients
   * @param trusting verifies the server
   */
  public static FaultProxy tls(
      URI server, SSLContext serving, SSLContext trusting, FaultPlan plan) {
    return tls(server, () -> serving, trusting, plan);
  }

  /** The same with a certificate that can differ per connection. */
  public static FaultProxy tls(
      URI server, Supplier<SSLContext> serving, SSLContext trusting, FaultPlan plan) {
    return started(new FaultProxy(server, Optional.of(serving), Optional.of(trusting), plan));
  }

  private static FaultProxy started(FaultProxy proxy) {
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  public URI endpoint() {
    return URI.create(server.getScheme() + "://127.0.0.1:" + listener.getLocalPort());
  }

  /** Closes the connections of matching calls; returns their number. */
  public int cut(Predicate<Call> which) {
    int count = 0;
    for (Map.Entry<Socket, Call> open : calls.entrySet()) {
      if (which.test(open.getValue())) {
        shut(open.getKey());
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    shut(listener);
    sockets.forEach(FaultProxy::shut);
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException closed) {
        // the listener is closed, which ends the loop, or one connection failed
      }
    }
  }

  private void serve(Socket raw) {
    sockets.add(raw);
    try (raw;
        Socket client = secured(raw)) {
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      Call call = read(client.getInputStream(), request);
      calls.put(raw, call);
      Fault fault = plan.faultOf(call);
      try {
        treat(call, raw, client, request.toByteArray(), fault);
      } finally {
        if (fault != Fault.NONE) {
          plan.over();
        }
      }
    } catch (IOException gone) {
      // one side closed the connection, which the other one notices
    } finally {
      sockets.remove(raw);
      calls.remove(raw);
    }
  }

  private void treat(Call call, Socket raw, Socket client, byte[] request, Fault fault)
      throws IOException {
    switch (fault) {
      case KILL_BEFORE -> plan.kill();
      case HOLD_BEFORE -> hold(client);
      case RESET_BEFORE -> reset(raw);
      case CONFLICT, FORBIDDEN, ERROR, TOO_LARGE, TOO_LARGE_FOR_ETCD, UNAVAILABLE, THROTTLED ->
          refuse(client, fault);
      default -> forward(call, raw, client, request, fault);
    }
  }

  private void forward(Call call, Socket raw, Socket client, byte[] request, Fault fault)
      throws IOException {
    try (Socket upstream = connect()) {
      sockets.add(upstream);
      try {
        upstream.getOutputStream().write(request);
        upstream.getOutputStream().flush();
        InputStream answer = upstream.getInputStream();
        int first = answer.read();
        switch (fault) {
          case KILL_AFTER -> plan.kill();
          case HOLD_AFTER -> hold(client);
          case RESET_AFTER -> reset(raw);
          default -> pass(call, first, answer, client, upstream);
        }
      } finally {
        sockets.remove(upstream);
      }
    }
  }

  private void pass(Call call, int first, InputStream answer, Socket client, Socket upstream)
      throws IOException {
    if (first < 0) {
      return;
    }
    threads.execute(() -> passBack(client, upstream));
    OutputStream out = client.getOutputStream();
    out.write(first);
    byte[] buffer = new byte[16 * 1024];
    boolean hasHead = false;
    for (int count = answer.read(buffer); count >= 0; count = answer.read(buffer)) {
      if (hasHead && !mayPass(call)) {
        return;
      }
      hasHead = true;
      out.write(buffer, 0, count);
      out.flush();
    }
  }

  /** Returns when the plan lets the next piece pass; false when this proxy ends. */
  private boolean mayPass(Call call) {
    try {
      plan.beforePiece(call);
      return true;
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Passes the bytes of the client after an upgrade, and its end. */
  private static void passBack(Socket client, Socket upstream) {
    try {
      client.getInputStream().transferTo(upstream.getOutputStream());
    } catch (IOException gone) {
      // closed, with or without an error
    }
    shut(upstream);
  }

  /** Keeps the connection open and silent until the client gives up. */
  private static void hold(Socket client) throws IOException {
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static void reset(Socket raw) throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  private static void refuse(Socket client, Fault fault) throws IOException {
    int status = fault.status();
    String body =
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":%d,"message":"%s"}"""
            .formatted(status, fault.message());
    String answer =
        """
        HTTP/1.1 %d Injected\r
        Content-Type: application/json\r
        Content-Length: %d\r
        Connection: close\r
        \r
        %s"""
            .formatted(status, body.length(), body);
    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private Socket secured(Socket raw) throws IOException {
    if (serving.isEmpty()) {
      return raw;
    }
    SSLSocket socket =
        (SSLSocket)
            serving
                .get()
                .get()
                .getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  private Socket connect() throws IOException {
    return trusting.isPresent()
        ? trusting.get().getSocketFactory().createSocket(server.getHost(), server.getPort())
        : new Socket(server.getHost(), server.getPort());
  }

  /** Reads one request into {@code copy} and adds {@code Connection: close}. */
  private static Call read(InputStream in, ByteArrayOutputStream copy) throws IOException {
    String start = line(in);
    List<String> headers = new ArrayList<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    boolean upgrade = value(headers, "upgrade").filter("websocket"::equals).isPresent();
    writeLine(copy, start);
    for (String header : headers) {
      if (upgrade || !named(header, "connection")) {
        writeLine(copy, header);
      }
    }
    if (!upgrade) {
      writeLine(copy, "Connection: close");
    }
    writeLine(copy, "");
    if (value(headers, "transfer-encoding").isPresent()) {
      copyChunks(in, copy);
    } else {
      copy.write(exactly(in, value(headers, "content-length").map(Integer::valueOf).orElse(0)));
    }
    String[] words = start.split(" ", -1);
    return new Call(words[0], words[1]);
  }

  private static void copyChunks(InputStream in, ByteArrayOutputStream copy) throws IOException {
    int size;
    do {
      String head = line(in);
      size = Integer.parseInt(head, 16);
      writeLine(copy, head);
      copy.write(exactly(in, size));
      writeLine(copy, line(in));
    } while (size > 0);
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  private static Optional<String> value(List<String> headers, String name) {
    return headers.stream()
        .filter(header -> named(header, name))
        .map(header -> header.substring(name.length() + 1).strip().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  private static boolean named(String header, String name) {
    return header.toLowerCase(Locale.ROOT).startsWith(name + ":");
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static void writeLine(ByteArrayOutputStream out, String line) {
    out.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void shut(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // closed in any case
    }
  }
}
