package dev.acktask.operator.alibaba;

import dev.acktask.operator.http.BodyBudget;
import dev.acktask.operator.http.HttpTransport;
import dev.acktask.operator.http.NothingCame;
import dev.acktask.operator.http.ProxyFailure;
import dev.acktask.operator.http.Request;
import dev.acktask.operator.proxy.ProxyPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP access to the cloud, shared by all connections. Bounds each call as a whole, connects only
 * to allowed addresses, and classifies failures.
 */
public final class CloudTransport implements AutoCloseable {
  private final HttpTransport http;
  private final ExecutorService resolving = Executors.newVirtualThreadPerTaskExecutor();
  private final HostResolver resolver;
  private final Duration callTimeout;
  private volatile boolean isClosed;

  /**
   * @param callTimeout bounds one call: name resolution, connection, answer and the retry
   * @param maxBodyBytes limit of an answer; a larger one is not read to its end
   * @param tls supplies the TLS socket factory; called for the first TLS connection
   * @param proxies selects the proxy of an endpoint; the proxy then resolves the endpoint's host
   *     name
   */
  public CloudTransport(
      Duration callTimeout, int maxBodyBytes, Supplier<SSLSocketFactory> tls, ProxyPolicy proxies) {
    this(callTimeout, maxBodyBytes, HostResolver.system(), tls, proxies);
  }

  CloudTransport(
      Duration callTimeout,
      int maxBodyBytes,
      HostResolver resolver,
      Supplier<SSLSocketFactory> tls,
      ProxyPolicy proxies) {
    if (!callTimeout.isPositive() || maxBodyBytes <= 0) {
      throw new IllegalArgumentException("the call timeout and the size limit must be positive");
    }
    this.http = new HttpTransport(tls::get, proxies, maxBodyBytes);
    this.resolver = resolver;
    this.callTimeout = callTimeout;
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
  public HttpResult send(Request request, AddressPolicy addresses, Deadline deadline) {
    return send(request, addresses, deadline, result -> result);
  }

  /**
   * Sends {@code request} once and passes the result to {@code reader}. The memory of the answer
   * stays counted until {@code reader} returns.
   */
  public <T> T send(
      Request request, AddressPolicy addresses, Deadline deadline, Function<HttpResult, T> reader) {
    HttpResult.Lost lost;
    try {
      return http.send(
          request,
          host -> resolve(host, addresses, deadline),
          host -> resolve(host, AddressPolicy.ANY, deadline),
          deadline.remainingNanos(),
          answer -> reader.apply(new HttpResult.Answered(answer)));
    } catch (IOException | RuntimeException failure) {
      lost = lost(failure);
    }
    return reader.apply(lost);
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

  /**
   * Resolves the host for each new connection; rejects the whole result if any address is not
   * allowed.
   */
  private List<InetAddress> resolve(String host, AddressPolicy addresses, Deadline deadline)
      throws IOException {
    InetAddress[] found = await(resolving.submit(() -> resolver.resolve(host)), deadline);
    if (!Arrays.stream(found).allMatch(addresses::allows)) {
      throw new AddressRefused();
    }
    return List.of(found);
  }

  /** The JDK's resolver has no timeout: a query that exceeds the deadline is abandoned. */
  private static InetAddress[] await(Future<InetAddress[]> result, Deadline deadline)
      throws IOException {
    try {
      return result.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException("the resolver did not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException();
      unknown.initCause(e);
      throw unknown;
    } finally {
      result.cancel(true);
    }
  }

  /** A host name resolves to an address that is not allowed. */
  static final class AddressRefused extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Aborts the calls under way; later calls fail. */
  @Override
  public void close() {
    isClosed = true;
    http.close();
    resolving.shutdownNow();
  }
}
