package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A watch that the API server closes after one second. It reports whether a collection has changed
 * since a version, and whether watching is permitted. Without changes it costs one request,
 * whatever the number of objects. The response ends, so that it also passes a proxy that forwards
 * complete responses only.
 */
public final class ShortWatch {
  /** Result of a short watch. */
  public enum Outcome {
    /** No object was created, changed or deleted. */
    UNCHANGED,
    /** At least one event was received. */
    CHANGED,
    /** The watch was opened; changes were not requested. */
    PERMITTED,
    /** The API server forbids the watch. */
    FORBIDDEN,
    /** No response, or an inconclusive one, for example because the version is too old. */
    UNKNOWN
  }

  private static final String LASTS_ONE_SECOND = "timeoutSeconds=1";
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  private ShortWatch() {}

  /**
   * Checks for changes, asynchronously.
   *
   * @param list the watched objects
   * @param resourceVersion version of an earlier list
   * @param timeout longer than the one second of the watch
   * @return a future that never fails
   */
  public static CompletableFuture<Outcome> changes(
      HttpClient http, ResourceCollection list, String resourceVersion, Duration timeout) {
    return open(http, list, resourceVersion, timeout, false);
  }

  /** Like {@link #changes}, but checks only whether the watch is permitted, which is faster. */
  public static CompletableFuture<Outcome> permission(
      HttpClient http, ResourceCollection list, String resourceVersion, Duration timeout) {
    return open(http, list, resourceVersion, timeout, true);
  }

  private static CompletableFuture<Outcome> open(
      HttpClient http,
      ResourceCollection list,
      String resourceVersion,
      Duration timeout,
      boolean isHeadEnough) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    String query =
        "watch=true&"
            + LASTS_ONE_SECOND
            + "&resourceVersion="
            + URLEncoder.encode(resourceVersion, StandardCharsets.UTF_8);
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(list.url(query))
            .header("Accept", METADATA_ONLY)
            .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    CompletableFuture<HttpResponse<AsyncBody>> head =
        http.consumeBytes(request, (part, body) -> receive(part, body, outcome));
    CompletableFuture<?> unused =
        head.whenComplete(
            (response, failure) -> {
              if (failure != null) {
                outcome.complete(Outcome.UNKNOWN);
              } else {
                evaluate(response, isHeadEnough, outcome);
              }
            });
    CompletableFuture<?> unusedToo =
        outcome
            .completeOnTimeout(Outcome.UNKNOWN, timeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((result, none) -> cancel(head));
    return outcome;
  }

  /** True for the requests of this class. */
  static boolean is(URI uri) {
    String query = uri.getQuery();
    return query != null && List.of(query.split("&", -1)).contains(LASTS_ONE_SECOND);
  }

  private static void receive(
      List<ByteBuffer> part, AsyncBody body, CompletableFuture<Outcome> outcome) {
    if (part.stream().anyMatch(ByteBuffer::hasRemaining)) {
      outcome.complete(Outcome.CHANGED);
    } else {
      body.consume();
    }
  }

  private static void evaluate(
      HttpResponse<AsyncBody> response, boolean isHeadEnough, CompletableFuture<Outcome> outcome) {
    boolean isFromApiServer =
        ApiServerFailure.ofResponse(response.code(), response.header("Content-Type")).isEmpty();
    if (isFromApiServer && response.code() == HttpURLConnection.HTTP_FORBIDDEN) {
      outcome.complete(Outcome.FORBIDDEN);
    } else if (!isFromApiServer || response.code() != HttpURLConnection.HTTP_OK) {
      outcome.complete(Outcome.UNKNOWN);
    } else if (isHeadEnough) {
      outcome.complete(Outcome.PERMITTED);
    } else {
      CompletableFuture<?> unused =
          response
              .body()
              .done()
              .whenComplete(
                  (end, broken) ->
                      outcome.complete(broken == null ? Outcome.UNCHANGED : Outcome.UNKNOWN));
      response.body().consume();
    }
  }

  private static void cancel(CompletableFuture<HttpResponse<AsyncBody>> head) {
    CompletableFuture<?> unused = head.thenAccept(response -> response.body().cancel());
    head.cancel(true);
  }
}
