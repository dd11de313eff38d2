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
 * The operator's way to the cloud, shared by all connections: bounds a call as a whole, connects
 * only to addresses that an endpoint may stand for, and tells what became of a request.
 */
public final class CloudTransport implements AutoCloseable {
  private final HttpTransport http;
  private final ExecutorService resolving = Executors.newVirtualThreadPerTaskExecutor();
  private final HostResolver resolver;
  private final Duration callTimeout;
  private volatile boolean isClosed;

  /**
   * Opens nothing yet.
   *
   * @param callTimeout bounds one call: name resolution, connection, answer and the retry
   * @param maxBodyBytes of an answer; a larger one is not read to its end
   * @param tls makes sockets that trust the right authorities; called when the first is needed
   * @param proxies the proxy of each endpoint, which resolves the endpoint's name in our place
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
  Deadline startCall() {
    return Deadline.in(callTimeout);
  }

  /** Sends {@code request} once and waits until {@code deadline} for the complete answer. */
  Exchange send(Request request, AddressRange addresses, Deadline deadline) {
    return send(request, addresses, deadline, exchange -> exchange);
  }

  /**
   * The same for an answer that may be large: it is given to {@code reader}, and its memory counts
   * until that has returned.
   */
  <T> T send(
      Request request, AddressRange addresses, Deadline deadline, Function<Exchange, T> reader) {
    Exchange.Lost lost;
    try {
      return http.send(
          request,
          host -> resolve(host, addresses, deadline),
          host -> resolve(host, AddressRange.ANY, deadline),
          deadline.remainingNanos(),
          answer -> reader.apply(new Exchange.Answered(answer)));
    } catch (IOException | RuntimeException failure) {
      lost = lost(failure);
    }
    return reader.apply(lost);
  }

  private Exchange.Lost lost(Exception failure) {
    if (isClosed || Thread.currentThread().isInterrupted()) {
      return new Exchange.Lost(LostAnswer.INTERRUPTED, LostAnswer.INTERRUPTED.message(), false);
    }
    LostAnswer cause = FailureCause.of(failure);
    String message = failure instanceof ProxyFailure proxy ? proxy.sentence() : cause.message();
    return new Exchange.Lost(cause, message, failure instanceof NothingCame);
  }

  /** Asks for every new connection, and refuses all of an answer that has one it may not have. */
  private List<InetAddress> resolve(String host, AddressRange addresses, Deadline deadline)
      throws IOException {
    InetAddress[] found = await(resolving.submit(() -> resolver.resolve(host)), deadline);
    if (!Arrays.stream(found).allMatch(addresses::allows)) {
      throw new AddressRefused();
    }
    return List.of(found);
  }

  /** The JDK's resolver knows no limit, so it is left behind when the time is over. */
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

  /** A name stands for an address that no request is sent to. */
  static final class AddressRefused extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Drops the calls that are under way; later ones are refused. */
  @Override
  public void close() {
    isClosed = true;
    http.close();
    resolving.shutdownNow();
  }
}
