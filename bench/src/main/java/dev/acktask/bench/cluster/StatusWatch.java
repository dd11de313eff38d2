package dev.acktask.bench.cluster;

import dev.acktask.bench.cloud.Cloud;
import dev.acktask.bench.measure.Timeline;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Observes the objects through a watch. It searches the bytes for name, version and resourceVersion
 * instead of parsing JSON, because it shares the CPUs with the measured operator.
 *
 * <p>The API server closes a watch that does not keep up; it is then resumed.
 */
public final class StatusWatch implements AutoCloseable {
  private static final String NAME = "\"name\":\"" + TaskObjects.PREFIX;
  private static final String RESOURCE_VERSION = "\"resourceVersion\":\"";
  private static final String EXPIRED = "\"type\":\"ERROR\"";
  private static final Duration MAX_WATCH_TIME = Duration.ofHours(6);

  private final KubernetesClient client;
  private final URI objects;
  private final Timeline timeline;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile String lastResourceVersion = "";
  private volatile @Nullable AsyncBody open;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  private StatusWatch(KubernetesClient client, String namespace, Timeline timeline) {
    this.client = client;
    this.objects =
        URI.create(client.getMasterUrl().toString())
            .resolve("/apis/acktask.dev/v1alpha1/namespaces/%s/acktasks".formatted(namespace));
    this.timeline = timeline;
  }

  /**
   * Watches the AckTasks of a namespace from now on and records them in {@code timeline}.
   *
   * @param client used by this watch only, and closed with it
   */
  public static StatusWatch start(KubernetesClient client, String namespace, Timeline timeline) {
    StatusWatch watch = new StatusWatch(client, namespace, timeline);
    watch.connect().join();
    watch.requireOpen();
    return watch;
  }

  /**
   * Checks that changes are still observed.
   *
   * @throws IllegalStateException when the watch could not be resumed
   */
  public void requireOpen() {
    Throwable why = failure;
    if (why != null) {
      throw new IllegalStateException("the watch of the benchmark has failed", why);
    }
  }

  @Override
  public void close() {
    closed = true;
    AsyncBody body = open;
    if (body != null) {
      body.cancel();
    }
    client.close();
  }

  private CompletableFuture<?> connect() {
    line.reset();
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(
                "%s?watch=true&timeoutSeconds=%d&resourceVersion=%s"
                    .formatted(objects, MAX_WATCH_TIME.toSeconds(), lastResourceVersion))
            .timeout(MAX_WATCH_TIME.toSeconds(), TimeUnit.SECONDS)
            .build();
    return client
        .getHttpClient()
        .consumeBytes(request, this::take)
        .thenAccept(this::follow)
        .whenComplete((nothing, why) -> fail(why));
  }

  private void follow(HttpResponse<AsyncBody> response) {
    if (!response.isSuccessful()) {
      throw new IllegalStateException("the watch was refused with " + response.code());
    }
    AsyncBody body = response.body();
    open = body;
    CompletableFuture<?> unused = body.done().whenComplete((nothing, why) -> reconnect());
    body.consume();
  }

  private void reconnect() {
    if (!closed) {
      CompletableFuture<?> unused = connect(); // which notes its own failure
    }
  }

  private void fail(@Nullable Throwable why) {
    if (why != null && !closed) {
      failure = why;
    }
  }

  private void take(List<ByteBuffer> buffers, AsyncBody stream) {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n') {
          observe(line.toString(StandardCharsets.ISO_8859_1));
          line.reset();
        } else {
          line.write(next);
        }
      }
    }
    stream.consume();
  }

  private void observe(String event) {
    if (event.contains(EXPIRED)) {
      fail(new IllegalStateException(event));
      return;
    }
    int version = event.indexOf(RESOURCE_VERSION) + RESOURCE_VERSION.length();
    lastResourceVersion = event.substring(version, event.indexOf('"', version));
    int digits = event.indexOf(NAME) + NAME.length();
    observe(Integer.parseInt(event.substring(digits, digits + TaskObjects.DIGITS)), event);
  }

  private void observe(int task, String event) {
    int version = timeline.version(task);
    if (event.contains(Cloud.marker(version))) {
      timeline.observed(task, version);
    }
  }
}
