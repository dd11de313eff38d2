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
 * Observes all requests of the Kubernetes clients of this process, and logs one line when something
 * keeps them from the API server, and one when that is over. The client itself retries without a
 * word. A restart of the API server takes seconds and is not logged.
 */
public final class ApiServerMonitor implements Interceptor {
  private static final Logger log = LoggerFactory.getLogger(ApiServerMonitor.class);

  /** Between two checks. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** A failure is logged once it has lasted for so long. */
  private static final Duration CONFIRMED = Duration.ofSeconds(10);

  /**
   * Longest time without any answer. The API server sends the head of the answer to a watch at
   * once, and other requests have a timeout of 10 s at most.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /**
   * The client does not report the failure of a request that it does not repeat. So many without an
   * answer are no single slow one.
   */
  private static final int MANY_UNANSWERED = 3;

  /** So many times in this time is more than a restart of the API server does. */
  private static final int MANY_WATCHES = 5;

  private static final Duration MANY_WATCHES_WITHIN = Duration.ofSeconds(30);

  /** Key of all requests that are no watch. */
  private static final String REQUESTS = "";

  private final LongSupplier nanoTime;
  private final Map<String, Channel> channels = new HashMap<>();
  private final Map<ApiServerFailure.Kind, ApiServerFailure> reported =
      new EnumMap<>(ApiServerFailure.Kind.class);

  /**
   * @param nanoTime monotonic clock
   */
  public ApiServerMonitor(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What is known of one watch, or of all other requests together. */
  private static final class Channel {
    @Nullable ApiServerFailure failure;
    long failingSince;
    @Nullable Long unansweredSince;
    int unanswered;
    final Deque<Long> opened = new ArrayDeque<>();
  }

  /** Starts to log what is observed. */
  public void start(ScheduledExecutorService timer) {
    Future<?> unused = // check() throws nothing
        timer.scheduleWithFixedDelay(
            this::check, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
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
        ApiServerFailure.ofAnswer(response.code(), response.header("Content-Type"));
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
    if (opened.size() > MANY_WATCHES) {
      opened.removeFirst();
    }
  }

  /** What keeps the requests that are no watch from the API server at present. */
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

  /** Logs what has changed since the last check; never throws. */
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
      log.error("The contact with the Kubernetes API cannot be checked", unexpected);
    }
  }

  private Optional<ApiServerFailure> failureOf(String name, Channel channel) {
    long now = nanoTime.getAsLong();
    if (channel.failure != null) {
      return isOver(now - channel.failingSince, CONFIRMED)
          ? Optional.of(channel.failure)
          : Optional.ofNullable(reported.get(channel.failure.kind()));
    }
    if (channel.unansweredSince != null && isOver(now - channel.unansweredSince, LONGEST_WAIT)) {
      if (!name.equals(REQUESTS)) {
        return Optional.of(new ApiServerFailure(ApiServerFailure.Kind.WATCH_UNANSWERED, ""));
      }
      if (channel.unanswered >= MANY_UNANSWERED) {
        return Optional.of(new ApiServerFailure(ApiServerFailure.Kind.UNREACHABLE, "no answer"));
      }
    }
    boolean isInterrupted =
        !name.equals(REQUESTS)
            && channel.opened.size() == MANY_WATCHES
            && !isOver(now - channel.opened.getFirst(), MANY_WATCHES_WITHIN);
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
    String query = uri.getQuery();
    return query != null && query.contains("watch=true") && !ShortWatch.is(uri);
  }
}
