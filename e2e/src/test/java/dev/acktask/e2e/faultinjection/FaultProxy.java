package dev.acktask.e2e.faultinjection;

import dev.acktask.e2e.cluster.CertificateAuthority;
import dev.acktask.e2e.cluster.ControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * A proxy between the operator and one server. A {@link FaultPlan} chooses the fault of each
 * request. Every connection carries one request. After an upgrade, as for a watch, bytes pass in
 * both directions.
 */
public final class FaultProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final ProxyTransport transport;
  private final FaultPlan plan;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Map<Socket, Call> calls = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private FaultProxy(ProxyTransport transport, FaultPlan plan) {
    try {
      this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.transport = transport;
    this.plan = plan;
  }

  /** A proxy of a server without TLS. */
  public static FaultProxy plain(URI server, FaultPlan plan) {
    return started(new FaultProxy(ProxyTransport.plain(server), plan));
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

  /** A proxy of the API server, with a certificate that its clients trust. */
  public static FaultProxy of(ControlPlane controlPlane, FaultPlan plan) {
    CertificateAuthority authority = controlPlane.authority();
    return tls(
        controlPlane.server(),
        authority.issueServer("proxy-" + System.nanoTime()).serving(),
        authority.trusting(),
        plan);
  }

  /** The same with a certificate that can differ per connection. */
  public static FaultProxy tls(
      URI server, Supplier<SSLContext> serving, SSLContext trusting, FaultPlan plan) {
    return started(new FaultProxy(ProxyTransport.tls(server, serving, trusting), plan));
  }

  private static FaultProxy started(FaultProxy proxy) {
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  public URI endpoint() {
    return transport.endpoint(listener.getLocalPort());
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
        Socket client = transport.terminateTls(raw)) {
      ForwardedRequest request = ForwardedRequest.read(client.getInputStream());
      Call call = request.call();
      calls.put(raw, call);
      Fault fault = plan.faultOf(call);
      try {
        treat(request, raw, client, fault);
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

  private void treat(ForwardedRequest request, Socket raw, Socket client, Fault fault)
      throws IOException {
    switch (fault) {
      case KILL_BEFORE -> plan.kill();
      case HOLD_BEFORE -> hold(client);
      case RESET_BEFORE -> reset(raw);
      case CONFLICT, FORBIDDEN, ERROR, TOO_LARGE, TOO_LARGE_FOR_ETCD, UNAVAILABLE, THROTTLED ->
          refuse(client, fault);
      default -> forward(request, raw, client, fault);
    }
  }

  private void forward(ForwardedRequest request, Socket raw, Socket client, Fault fault)
      throws IOException {
    try (Socket upstream = transport.connect()) {
      sockets.add(upstream);
      try {
        upstream.getOutputStream().write(request.bytes());
        upstream.getOutputStream().flush();
        InputStream answer = upstream.getInputStream();
        int first = answer.read();
        switch (fault) {
          case KILL_AFTER -> plan.kill();
          case HOLD_AFTER -> hold(client);
          case RESET_AFTER -> reset(raw);
          default -> pass(request.call(), first, answer, client, upstream);
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
    client.getOutputStream().write(fault.answer().getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
  }

  private static void shut(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // closed in any case
    }
  }
}
