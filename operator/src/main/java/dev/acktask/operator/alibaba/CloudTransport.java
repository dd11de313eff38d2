package dev.acktask.operator.alibaba;

import dev.acktask.operator.network.Call;
import dev.acktask.operator.network.ProxyFailure;
import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * HTTP access to the cloud, shared by all connections. Bounds each call as a whole, connects only
 * to allowed addresses, and classifies failures. Calls block their thread, which should be virtual.
 */
public final class CloudTransport implements AutoCloseable {
  private final CloudConnections connections;
  private final AddressResolver resolver;
  private final Duration callTimeout;
  private final int maxBodyBytes;
  private final BodyBudget memory;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /**
   * @param callTimeout bounds one call: name resolution, connection, answer and the retry
   * @param maxBodyBytes limit of an answer; a larger one is not read to its end
   * @param tls supplies the trusted authorities; called for each TLS connection
   * @param proxies selects the proxy of an endpoint; the proxy then resolves the endpoint's host
   *     name
   */
  public CloudTransport(
      Duration callTimeout, int maxBodyBytes, Supplier<SSLContext> tls, ProxyPolicy proxies) {
    this(callTimeout, maxBodyBytes, HostResolver.system(), tls, proxies, QuietClock.SYSTEM);
  }

  CloudTransport(
      Duration callTimeout,
      int maxBodyBytes,
      HostResolver resolver,
      Supplier<SSLContext> tls,
      ProxyPolicy proxies,
      QuietClock clock) {
    if (!callTimeout.isPositive() || maxBodyBytes <= 0) {
      throw new IllegalArgumentException("the call timeout and the size limit must be positive");
    }
    this.connections = new CloudConnections(tls, proxies, clock);
    this.resolver = new AddressResolver(resolver);
    this.callTimeout = callTimeout;
    this.maxBodyBytes = maxBodyBytes;
    this.memory = BodyBudget.of(Runtime.getRuntime().maxMemory(), maxBodyBytes);
  }

  /** The smallest heap in bytes for which these settings are safe. */
  public static long smallestHeap(int maxConcurrentCalls, int maxBodyBytes) {
    return BodyBudget.smallestHeap(maxConcurrentCalls, maxBodyBytes);
  }

  /** Starts the clock of one call. */
  public Deadline startCall() {
    return Deadline.in(callTimeout);
  }

  /** Sends {@code request} once and waits until {@code deadline} for the complete answer. */
  public HttpResult send(HttpRequest request, AddressPolicy addresses, Deadline deadline) {
    return send(request, addresses, deadline, result -> result);
  }

  /**
   * Sends {@code request} once and passes the result to {@code reader}. The memory of the answer
   * stays counted until {@code reader} returns.
   */
  public <T> T send(
      HttpRequest request,
      AddressPolicy addresses,
      Deadline deadline,
      Function<HttpResult, T> reader) {
    return send(request, addresses, deadline, maxBodyBytes, reader);
  }

  /**
   * As {@link #send(HttpRequest, AddressPolicy, Deadline, Function)}, with a lower limit.
   *
   * @param maxBytes limit of this answer; one above that of the transport has no effect, because
   *     the memory for answers is reserved for that size
   */
  <T> T send(
      HttpRequest request,
      AddressPolicy addresses,
      Deadline deadline,
      int maxBytes,
      Function<HttpResult, T> reader) {
    HttpResult.Lost lost;
    Call call = new Call(deadline.remainingNanos());
    try (BodyBudget.Share share = memory.share(call.deadlineNanos())) {
      BodyLimit limit = new BodyLimit(Math.min(maxBytes, maxBodyBytes), share);
      HttpAnswer answer = answer(request, addresses, deadline, call, limit);
      return reader.apply(new HttpResult.Answered(answer));
    } catch (IOException | RuntimeException failure) {
      lost = lost(failure);
    }
    return reader.apply(lost);
  }

  /**
   * What a body may take.
   *
   * @param memory of the body, until the end of the call
   */
  private record BodyLimit(int bytes, BodyBudget.Share memory) {}

  private HttpAnswer answer(
      HttpRequest request, AddressPolicy addresses, Deadline deadline, Call call, BodyLimit limit)
      throws IOException {
    underWay.add(call);
    try {
      if (isClosed) { // checked after close() can find the call: none outlives it
        throw new IOException("closed");
      }
      Optional<CloudConnection> idle =
          request.sharesConnections() ? connections.takeIdle(request.origin()) : Optional.empty();
      CloudConnection connection =
          idle.isPresent()
              ? idle.get()
              : connections.open(
                  request.origin(),
                  host -> resolver.resolve(host, addresses, deadline),
                  host -> resolver.resolve(host, AddressPolicy.ANY, deadline),
                  call);
      return exchange(request, connection, call, limit);
    } catch (BodyBudget.Exhausted noMemory) {
      throw noMemory;
    } catch (IOException failed) {
      if (failed instanceof NothingCame || call.leftNanos() == 0) {
        connections.closeIdle(); // the others may be dead as well
      }
      throw failed;
    } finally {
      underWay.remove(call);
    }
  }

  private HttpAnswer exchange(
      HttpRequest request, CloudConnection connection, Call call, BodyLimit limit)
      throws IOException {
    boolean isKept = false;
    try {
      call.holds(connection);
      HttpAnswer answer =
          new CloudExchange(connection, call)
              .perform(connections.prepare(request), limit.bytes(), limit.memory());
      call.letGo();
      isKept = request.sharesConnections() && isReusable(connection, call);
      return answer;
    } catch (ProtocolException | InterruptedIOException | BodyBudget.Exhausted known) {
      throw known;
    } catch (IOException died) {
      throw connection.gotNothing() ? new NothingCame(died) : died;
    } finally {
      if (isKept) {
        connections.keep(request.origin(), connection);
      } else {
        connection.close();
      }
    }
  }

  /** The answer is complete: that the time is over now costs only the connection. */
  private static boolean isReusable(CloudConnection connection, Call call) {
    try {
      return CloudExchange.await(connection.reusable(), call);
    } catch (IOException late) {
      return false;
    }
  }

  private HttpResult.Lost lost(Exception failure) {
    if (isClosed || Thread.currentThread().isInterrupted()) {
      return new HttpResult.Lost(
          TransportError.INTERRUPTED, TransportError.INTERRUPTED.message(), false);
    }
    TransportError cause = TransportError.of(failure);
    String message = failure instanceof ProxyFailure proxy ? proxy.sentence() : cause.message();
    return new HttpResult.Lost(cause, message, failure instanceof NothingCame);
  }

  /** Aborts the calls under way; later calls fail. */
  @Override
  public void close() {
    isClosed = true;
    underWay.forEach(Call::giveUp);
    memory.close();
    connections.close();
    resolver.close();
  }
}
