package dev.acktask.operator.alibaba;

import dev.acktask.operator.alibaba.HttpAnswer.Body;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client of the operator towards the cloud, shared by all connections.
 *
 * <p>Never follows a redirect (credentials would go to another host), uses no proxy, and bounds a
 * call as a whole: the JDK's own request timeout ends when the headers have come, so that a body of
 * one byte per second would hold the caller for as long as it likes.
 */
public final class CloudTransport implements AutoCloseable {
  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(5);

  private final HttpClient http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HostResolver resolver;
  private final Duration callTimeout;
  private final int maxBodyBytes;

  /**
   * Opens the client.
   *
   * @param callTimeout bounds one call: name resolution, connection, answer and the retry
   * @param maxBodyBytes of an answer; a larger one is not read to its end
   */
  public CloudTransport(Duration callTimeout, int maxBodyBytes) {
    this(callTimeout, maxBodyBytes, HostResolver.system(), null);
  }

  CloudTransport(
      Duration callTimeout, int maxBodyBytes, HostResolver resolver, @Nullable SSLContext tls) {
    if (!callTimeout.isPositive() || maxBodyBytes <= 0) {
      throw new IllegalArgumentException("the call timeout and the size limit must be positive");
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(threads)
            .connectTimeout(shorter(callTimeout, MAX_CONNECT_TIME));
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.http = builder.build();
    this.resolver = resolver;
    this.callTimeout = callTimeout;
    this.maxBodyBytes = maxBodyBytes;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Starts the clock of one call. */
  Deadline startCall() {
    return Deadline.in(callTimeout);
  }

  /** Sends a GET once and waits until {@code deadline} for the complete answer. */
  Exchange send(HttpRequest.Builder get, AddressRange addresses, Deadline deadline) {
    AtomicBoolean hasBegun = new AtomicBoolean();
    SingleTransmission transmission = new SingleTransmission();
    try {
      HttpRequest request = get.method("GET", transmission).build();
      if (deadline.remainingNanos() <= 0) {
        return new Exchange.Lost(LostAnswer.TIMED_OUT, false);
      }
      if (!isAllowed(request.uri().getHost(), addresses, deadline)) {
        return new Exchange.Lost(LostAnswer.ADDRESS_REFUSED, false);
      }
      HttpResponse<Body> response = await(http.sendAsync(request, noticing(hasBegun)), deadline);
      return new Exchange.Answered(
          new HttpAnswer(response.statusCode(), response.headers(), response.body()));
    } catch (TimeoutException e) {
      return new Exchange.Lost(LostAnswer.TIMED_OUT, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Exchange.Lost(LostAnswer.INTERRUPTED, false);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      LostAnswer cause =
          transmission.wasRepeated() ? LostAnswer.CONNECTION_DIED : FailureCause.of(e);
      return new Exchange.Lost(cause, cause == LostAnswer.CONNECTION_DIED && !hasBegun.get());
    } catch (RuntimeException e) {
      return new Exchange.Lost(LostAnswer.UNEXPECTED, false);
    }
  }

  private BodyHandler<Body> noticing(AtomicBoolean hasBegun) {
    BodyHandler<Body> capped = CappedBody.handler(maxBodyBytes);
    return response -> {
      hasBegun.set(true);
      return capped.apply(response);
    };
  }

  private boolean isAllowed(String host, AddressRange addresses, Deadline deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (addresses == AddressRange.ANY) {
      return true;
    }
    InetAddress[] found = await(threads.submit(() -> resolver.resolve(host)), deadline);
    return Arrays.stream(found).allMatch(addresses::allows);
  }

  /** Waits, and cancels what was waited for when it did not come: nobody takes a late answer. */
  private static <T> T await(Future<T> result, Deadline deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return result.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } finally {
      result.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
