package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pages of lists within a byte budget. The informer requests a fixed number of objects
 * per page, and users control the size of an object: 500 objects with annotations of 250 KB are 125
 * MB, more than the whole heap of a small operator. A page that exceeds the budget is cancelled and
 * requested again with a lower limit; a continue token is valid for any limit.
 *
 * <p>Reads and parses one page at a time, because an operator with many namespaces starts as many
 * lists at once. Requests without a limit pass unchanged.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each failure completes the future of the page
final class PagedHttpClient implements HttpClient {
  private static final Logger log = LoggerFactory.getLogger(PagedHttpClient.class);
  private static final Pattern LIMIT = Pattern.compile("(?<=[?&]limit=)[1-9][0-9]{0,8}");

  /** A hanging page must not block the others. The API server itself times out after 60 s. */
  private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(70);

  private final HttpClient client;
  private final ListPageSize size;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

  PagedHttpClient(HttpClient client, ListPageSize size) {
    this.client = client;
    this.size = size;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
    Matcher limit = LIMIT.matcher(request.uri().toString());
    if (type != byte[].class || !limit.find()) {
      return client.sendAsync(request, type);
    }
    int wanted = Integer.parseInt(limit.group());
    CompletableFuture<HttpResponse<T>> page = new CompletableFuture<>();
    runInOrder(
        page,
        () -> {
          page.orTimeout(PAGE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
          read(request, wanted, type, page);
        });
    return page;
  }

  /**
   * Runs {@code start} after all earlier pages. The dependents of a page run before the next page
   * starts, because a future runs its newest dependent first.
   */
  private synchronized void runInOrder(CompletableFuture<?> page, Runnable start) {
    CompletableFuture<?> before = last;
    last = page.handle((done, failure) -> null);
    before.thenRun(
        () -> {
          if (!page.isDone()) {
            start.run();
          }
        });
  }

  private <T> void read(
      HttpRequest request, int wanted, Class<T> type, CompletableFuture<HttpResponse<T>> page) {
    int limit = size.next(wanted);
    ListPageBodyHandler body = new ListPageBodyHandler(size.budget(limit));
    CompletableFuture<HttpResponse<AsyncBody>> head;
    try {
      head = client.consumeBytes(withLimit(request, limit), body);
    } catch (RuntimeException unsent) {
      page.completeExceptionally(unsent);
      return;
    }
    page.whenComplete(
        (done, failure) -> {
          if (failure != null) { // also after a cancellation by the caller or a timeout
            head.thenAccept(response -> response.body().cancel());
          }
        });
    head.thenCompose(
            response ->
                body.read(response).thenApply(bytes -> new ListPage<>(response, type.cast(bytes))))
        .whenComplete(
            (read, failure) -> {
              if (body.overflowed() && !page.isDone()) {
                size.overflowed(limit);
                log.debug("A page of {} objects is too large; requesting fewer", limit);
                read(request, wanted, type, page);
              } else if (failure != null) {
                page.completeExceptionally(failure);
              } else {
                size.fitted(limit, body.size());
                page.complete(read);
              }
            });
  }

  private static HttpRequest withLimit(HttpRequest request, int limit) {
    String uri = LIMIT.matcher(request.uri().toString()).replaceFirst(Integer.toString(limit));
    return ((StandardHttpRequest) request).newBuilder().uri(URI.create(uri)).build();
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(
      HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return client.consumeBytes(request, consumer);
  }

  @Override
  public DerivedClientBuilder newBuilder() {
    return PagedHttpClientFactory.wrapping(
        DerivedClientBuilder.class,
        client.newBuilder(),
        derived -> new PagedHttpClient(derived, size));
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return client.newWebSocketBuilder();
  }

  @Override
  public HttpRequest.Builder newHttpRequestBuilder() {
    return client.newHttpRequestBuilder();
  }

  @Override
  public boolean isClosed() {
    return client.isClosed();
  }

  @Override
  public void close() {
    client.close();
  }
}
