package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes all requests of the Kubernetes clients of this process. Logs one line when contact with
 * the API server is lost and one when it is back, because the client retries silently. A restart of
 * the API server takes seconds and is not logged.
 */
public final class ApiServerMonitor implements Interceptor {
  private static final Logger log = LoggerFactory.getLogger(ApiServerMonitor.class);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  /** A failure is logged once it has lasted this long. */
  private static final Duration MIN_FAILURE_TIME = Duration.ofSeconds(10);

  /**
   * Maximum time without any response. The API server sends the head of the response to a watch at
   * once; other requests time out after at most 10 s.
   */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(15);

  /**
   * The client does not report the failure of a request that it does not retry. This many
   * unanswered requests cannot be a single slow one.
   */
  private static final int MIN_UNANSWERED = 3;

  /**
   * A restart of the API server opens fewer watches than this within {@link #INTERRUPTION_WINDOW}.
   */
  private static final int MIN_OPENED_WATCHES = 5;

  private static final Duration INTERRUPTION_WINDOW = Duration.ofSeconds(30);

  /** Channel of all requests that are not watches. */
  private static final String REQUESTS = "";

  private final LongSupplier nanoTime;
  private final Map<String, Channel> channels = new HashMap<>();
  private final Map<ApiServerFailure.Kind, ApiServerFailure> reported =
      new EnumMap<>(ApiServerFailure.Kind.class);

  public ApiServerMonitor(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** State of one watch, or of all other requests together. */
  private static final class Channel {
    @Nullable ApiServerFailure failure;
    long failingSince;
    @Nullable Long unansweredSince;
    int unanswered;
    final Deque<Long> opened = new ArrayDeque<>();
  }

  /** Starts the periodic checks. */
  public void start(ScheduledExecutorService timer) {
    Future<?> unused = // check() throws nothing
        timer.scheduleWithFixedDelay(
            this::check,
            CHECK_INTERVAL.toMillis(),
            CHECK_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    requested(channelOf(request.uri()));
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.@Nullable Consumer<List<ByteBuffer>> body) {
    Optional<ApiServerFailure> failure =
        ApiServerFailure.ofResponse(response.code(), response.header("Content-Type"));
    String channel = channelOf(request.uri());
    answered(channel, failure);
    if (failure.isEmpty() && response.code() < HttpURLConnection.HTTP_MULT_CHOICE) {
      opened(channel);
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    if (!(failure instanceof CancellationException)) {
      answered(channelOf(request.uri()), Optional.of(ApiServerFailure.of(failure)));
    }
  }

  synchronized void requested(String name) {
    Channel channel = channels.computeIfAbsent(name, none -> new Channel());
    channel.unanswered++;
    if (channel.unansweredSince == null) {
      channel.unansweredSince = nanoTime.getAsLong();
    }
  }

  synchronized void answered(String name, Optional<ApiServerFailure> failure) {
    Channel channel = channels.computeIfAbsent(name, none -> new Channel());
    long now = nanoTime.getAsLong();
    channel.unansweredSince = null;
    channel.unanswered = 0;
    if (failure.isPresent()) {
      channel.failingSince = channel.failure == null ? now : channel.failingSince;
      channel.failure = failure.get();
    } else {
      channel.failure = null;
    }
  }

  synchronized void opened(String name) {
    Deque<Long> opened = channels.computeIfAbsent(name, none -> new Channel()).opened;
    opened.addLast(nanoTime.getAsLong());
    if (opened.size() > MIN_OPENED_WATCHES) {
      opened.removeFirst();
    }
  }

  /** Current failure of the requests that are not watches. */
  public synchronized Optional<ApiServerFailure> failure() {
    Channel channel = channels.get(REQUESTS);
    return channel == null ? Optional.empty() : Optional.ofNullable(channel.failure);
  }

  /** How long the watch that has waited longest has had no answer; zero when each has one. */
  public synchronized Duration unansweredWatch() {
    long now = nanoTime.getAsLong();
    Duration longest = Duration.ZERO;
    for (Map.Entry<String, Channel> entry : channels.entrySet()) {
      Long since = entry.getValue().unansweredSince;
      if (since != null && !entry.getKey().equals(REQUESTS)) {
        Duration waiting = Duration.ofNanos(now - since);
        longest = waiting.compareTo(longest) > 0 ? waiting : longest;
      }
    }
    return longest;
  }

  /** Logs the changes since the last check. Never throws, because the timer would stop. */
  synchronized void check() {
    try {
      Map<ApiServerFailure.Kind, ApiServerFailure> present =
          new EnumMap<>(ApiServerFailure.Kind.class);
      channels.forEach(
          (name, channel) ->
              failureOf(name, channel).ifPresent(failure -> present.put(failure.kind(), failure)));
      present.forEach(
          (kind, failure) -> {
            if (reported.put(kind, failure) == null) {
              log.warn("No contact with the Kubernetes API: {}", failure.text());
            }
          });
      if (reported.keySet().retainAll(present.keySet()) && reported.isEmpty()) {
        log.info("The Kubernetes API answers again");
      }
    } catch (RuntimeException unexpected) {
      log.error("The check of the contact with the Kubernetes API failed", unexpected);
    }
  }

  private Optional<ApiServerFailure> failureOf(String name, Channel channel) {
    long now = nanoTime.getAsLong();
    if (channel.failure != null) {
      return isOver(now - channel.failingSince, MIN_FAILURE_TIME)
          ? Optional.of(channel.failure)
          : Optional.ofNullable(reported.get(channel.failure.kind()));
    }
    if (channel.unansweredSince != null && isOver(now - channel.unansweredSince, MAX_SILENCE)) {
      if (!name.equals(REQUESTS)) {
        return Optional.of(new ApiServerFailure(ApiServerFailure.Kind.WATCH_UNANSWERED, ""));
      }
      if (channel.unanswered >= MIN_UNANSWERED) {
        return Optional.of(new ApiServerFailure(ApiServerFailure.Kind.UNREACHABLE, "no answer"));
      }
    }
    boolean isInterrupted =
        !name.equals(REQUESTS)
            && channel.opened.size() == MIN_OPENED_WATCHES
            && !isOver(now - channel.opened.getFirst(), INTERRUPTION_WINDOW);
    return isInterrupted
        ? Optional.of(new ApiServerFailure(ApiServerFailure.Kind.WATCH_INTERRUPTED, ""))
        : Optional.empty();
  }

  private static boolean isOver(long nanos, Duration duration) {
    return nanos >= duration.toNanos();
  }

  private static String channelOf(URI uri) {
    return isWatch(uri) ? uri.getPath() : REQUESTS;
  }

  private static boolean isWatch(URI uri) {
    String query = uri.getRawQuery(); // raw, because a label selector may be watch=true
    return query != null
        && List.of(query.split("&", -1)).contains("watch=true")
        && !ShortWatch.is(uri);
  }
}
