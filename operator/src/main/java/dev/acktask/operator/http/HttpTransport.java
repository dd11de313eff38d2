package dev.acktask.operator.http;

import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends requests and reads their answers on the thread of the caller, which should be virtual: that
 * costs half the CPU time of a client that hands each call to separate threads
 * (docs/benchmarks.md).
 *
 * <p>Uses no proxy but the policy's, follows no redirect, retries nothing, and reuses a connection
 * only if nothing but the next answer can arrive on it.
 */
public final class HttpTransport implements AutoCloseable {
  /** As many as calls may be under way by default. */
  private static final int MAX_IDLE = 64;

  /** Long enough for the connection of a task polled every 15 seconds to be used again. */
  private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

  private final Dialer dialer;
  private final int maxBodyBytes;
  private final BodyBudget memory;
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

  /** Supplies the TLS socket factory on first use: reading all authorities is slow. */
  @FunctionalInterface
  public interface TlsSockets {
    /** Returns the same factory at each call. */
    SSLSocketFactory get();
  }

  /**
   * Opens no connection.
   *
   * @param maxBodyBytes limit of an answer; a larger one is not read to its end
   */
  public HttpTransport(TlsSockets tls, ProxyPolicy proxies, int maxBodyBytes) {
    this.dialer = new Dialer(tls, proxies);
    this.maxBodyBytes = maxBodyBytes;
    this.memory = BodyBudget.of(Runtime.getRuntime().maxMemory(), maxBodyBytes);
    this.alarms =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("http-alarms").factory());
    alarms.setRemoveOnCancelPolicy(true);
    long seconds = MAX_IDLE_TIME.toSeconds();
    var unused = alarms.scheduleWithFixedDelay(idle::closeOld, seconds, seconds, TimeUnit.SECONDS);
  }

  /**
   * Sends {@code request} once, waits for the complete answer and gives it to {@code reader}, on
   * this thread; the memory of the answer is given back after that.
   *
   * @param proxyAddresses of the proxy's host, where the policy names a proxy for the origin
   * @param nanos until the call is given up; the addresses have to observe it themselves
   * @throws NothingCame when the connection died before an answer; the next try takes a new one
   * @throws InterruptedIOException when the time is over; the next try takes a new one
   * @throws BodyBudget.Exhausted when other answers left no memory for this one in time
   * @throws ProxyFailure when the proxy gave no connection
   * @throws java.net.ProtocolException if the answer violates RFC 9112
   */
  public <T> T send(
      Request request,
      Addresses addresses,
      Addresses proxyAddresses,
      long nanos,
      Function<HttpAnswer, T> reader)
      throws IOException {
    Call call = new Call(nanos);
    Future<?> alarm = alarms.schedule(call::giveUp, nanos, TimeUnit.NANOSECONDS);
    underWay.add(call);
    try (BodyBudget.Share share = memory.share(call.deadlineNanos())) {
      if (isClosed) { // checked after close() can find the call: none outlives it
        throw new IOException("closed");
      }
      HttpAnswer answer = send(request, addresses, proxyAddresses, call, share);
      underWay.remove(call);
      alarm.cancel(false);
      return reader.apply(answer);
    } catch (BodyBudget.Exhausted noMemory) {
      throw noMemory;
    } catch (IOException failed) {
      if (failed instanceof NothingCame || call.isGivenUp()) {
        idle.closeAll(); // the others may be dead as well
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

  private HttpAnswer send(
      Request request,
      Addresses addresses,
      Addresses proxyAddresses,
      Call call,
      BodyBudget.Share share)
      throws IOException {
    Optional<Connection> kept = idle.take(request.origin());
    Connection connection =
        kept.isPresent()
            ? kept.get()
            : dialer.dial(request.origin(), addresses, proxyAddresses, call);
    boolean isKept = false;
    try {
      call.holds(connection::close);
      HttpAnswer answer = connection.exchange(request, maxBodyBytes, share);
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

  /** Gives up the calls under way; later calls fail. */
  @Override
  public void close() {
    isClosed = true;
    underWay.forEach(Call::giveUp);
    memory.close();
    idle.closeAll();
    alarms.shutdownNow();
  }
}
