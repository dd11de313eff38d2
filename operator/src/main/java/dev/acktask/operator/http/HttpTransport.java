package dev.acktask.operator.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends requests and reads their answers on the thread of the caller, which is meant to be a
 * virtual one: that costs half the processor time of a client that hands each call to threads of
 * its own (docs/benchmarks.md).
 *
 * <p>Uses no proxy, follows no redirect, repeats nothing by itself, and uses a connection again
 * only when it is certain that it will carry nothing but the next answer.
 */
public final class HttpTransport implements AutoCloseable {
  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(5);

  /** As many as calls may be under way by default. */
  private static final int MAX_IDLE = 64;

  /** Long enough for the connection of a task polled every 15 seconds to be used again. */
  private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

  private final TlsSockets tls;
  private final int maxBodyBytes;
  private final IdleConnections idle =
      new IdleConnections(MAX_IDLE, MAX_IDLE_TIME, System::nanoTime);
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor alarms;
  private volatile boolean isClosed;

  /** Finds the addresses of a host that may be connected to, in the order to try them. */
  @FunctionalInterface
  public interface Addresses {
    /**
     * All addresses of {@code host}; may block.
     *
     * @throws IOException when there is none
     */
    List<InetAddress> of(String host) throws IOException;
  }

  /**
   * Makes the sockets of TLS when the first one is needed: to read all authorities takes a while.
   */
  @FunctionalInterface
  public interface TlsSockets {
    /** The same at each call. */
    SSLSocketFactory get();
  }

  /**
   * Opens nothing yet.
   *
   * @param maxBodyBytes of an answer; a larger one is not read to its end
   */
  public HttpTransport(TlsSockets tls, int maxBodyBytes) {
    this.tls = tls;
    this.maxBodyBytes = maxBodyBytes;
    this.alarms =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("http-alarms").factory());
    alarms.setRemoveOnCancelPolicy(true);
    long seconds = MAX_IDLE_TIME.toSeconds();
    var unused = alarms.scheduleWithFixedDelay(idle::closeOld, seconds, seconds, TimeUnit.SECONDS);
  }

  /**
   * Sends {@code request} once and waits for the complete answer.
   *
   * @param nanos until the call is given up, whatever it is doing then; {@code addresses} has to
   *     keep to it by itself
   * @throws NothingCame when the connection died before an answer; the next try takes a new one
   * @throws InterruptedIOException when the time is over; the next try takes a new one
   * @throws java.net.ProtocolException when the answer is not what RFC 9112 calls one
   */
  public HttpAnswer send(Request request, Addresses addresses, long nanos) throws IOException {
    Call call = new Call();
    Future<?> alarm = alarms.schedule(call::giveUp, nanos, TimeUnit.NANOSECONDS);
    underWay.add(call);
    try {
      if (isClosed) { // looked at when close() can see the call: none outlives it
        throw new IOException("closed");
      }
      return send(request, addresses, call);
    } catch (IOException failed) {
      if (failed instanceof NothingCame || call.isGivenUp()) {
        idle.closeAll(); // what became of one may have become of the others
      }
      throw timely(failed, call);
    } finally {
      underWay.remove(call);
      alarm.cancel(false);
    }
  }

  private static IOException timely(IOException failure, Call call) {
    if (!call.isGivenUp()) {
      return failure;
    }
    InterruptedIOException over = new InterruptedIOException("the time is over");
    over.initCause(failure);
    return over;
  }

  private HttpAnswer send(Request request, Addresses addresses, Call call) throws IOException {
    Optional<Connection> kept = idle.take(request.origin());
    Connection connection =
        kept.isPresent() ? kept.get() : connect(request.origin(), addresses, call);
    boolean isKept = false;
    try {
      call.holds(connection::close);
      HttpAnswer answer = connection.exchange(request, maxBodyBytes);
      call.letGo();
      isKept = connection.isReusable();
      return answer;
    } finally {
      if (isKept) {
        idle.put(request.origin(), connection);
      } else {
        connection.close();
      }
    }
  }

  private Connection connect(Origin origin, Addresses addresses, Call call) throws IOException {
    IOException failure = new ConnectException("no address");
    for (InetAddress address : addresses.of(origin.host())) {
      Socket raw = new Socket(Proxy.NO_PROXY);
      try {
        call.holds(raw);
        raw.setTcpNoDelay(true);
        raw.connect(
            new InetSocketAddress(address, origin.port()), (int) MAX_CONNECT_TIME.toMillis());
      } catch (IOException unreachable) {
        raw.close();
        failure = unreachable;
        continue;
      }
      return speaking(raw, origin);
    }
    throw failure;
  }

  private Connection speaking(Socket raw, Origin origin) throws IOException {
    boolean isOpen = false;
    try {
      Connection connection = new Connection(raw, origin.isTls() ? encrypted(raw, origin) : raw);
      isOpen = true;
      return connection;
    } finally {
      if (!isOpen) {
        raw.close();
      }
    }
  }

  private SSLSocket encrypted(Socket raw, Origin origin) throws IOException {
    SSLSocket socket = (SSLSocket) tls.get().createSocket(raw, origin.host(), origin.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS"); // verifies the server's name
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Gives up the calls that are under way; later ones are refused. */
  @Override
  public void close() {
    isClosed = true;
    underWay.forEach(Call::giveUp);
    idle.closeAll();
    alarms.shutdownNow();
  }
}
