package dev.acktask.operator.alibaba;

import java.time.Duration;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Configuration of Jetty's client: it adds nothing to a request and handles no answer. No redirect
 * is followed, and there are neither cookies nor authentication nor decompression.
 */
final class JettyClient {
  /** Long enough for the connection of a task polled every 15 seconds to be used again. */
  private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(30);

  /** One selector, and what it hands over. */
  private static final int THREADS = 4;

  private static final int MAX_HEAD_BYTES = 32 * 1024;
  private static final int BUFFER_BYTES = 8 * 1024;

  private JettyClient() {}

  /** A running client without connections. */
  static HttpClient start() {
    HttpClient client = configured();
    try {
      client.start();
    } catch (Exception unexpected) { // as it is declared
      throw new IllegalStateException("The HTTP client does not start", unexpected);
    }
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().clear();
    client.getProtocolHandlers().put(new InterimAnswers());
    return client;
  }

  private static HttpClient configured() {
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(1);
    transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING); // listeners only signal
    HttpClient client = new HttpClient(transport);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("http-client");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    client.setExecutor(threads);
    client.setScheduler(new ScheduledExecutorScheduler("http-client-timers", true, 1));
    client.setByteBufferPool(new ByteBufferPool.NonPooling());
    client.setUseInputDirectByteBuffers(false);
    client.setUseOutputDirectByteBuffers(false);
    client.setResponseBufferSize(BUFFER_BYTES);
    client.setMaxResponseHeadersSize(MAX_HEAD_BYTES);
    client.setHttpCompliance(HttpCompliance.STRICT);
    client.setIdleTimeout(MAX_IDLE_TIME.toMillis());
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setSocketAddressResolver(
        (host, port, context, addresses) ->
            addresses.failed(new IllegalStateException("names are resolved by the caller")));
    return client;
  }

  /** Skips answers that come before the final one. */
  private static final class InterimAnswers extends ProcessingProtocolHandler {
    @Override
    public boolean accept(Request request, Response response) {
      return HttpStatus.isInterim(response.getStatus());
    }
  }
}
