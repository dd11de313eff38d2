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
 * Sees the objects as any client does: through a watch. Nothing is parsed, since this runs on the
 * processors that are measured: name, version and resourceVersion are looked for in the bytes.
 *
 * <p>The API server cuts off a watch that does not keep up; it goes on where it was.
 */
public final class StatusWatch implements AutoCloseable {
  private static final String NAME = "\"name\":\"" + TaskObjects.PREFIX;
  private static final String RESOURCE_VERSION = "\"resourceVersion\":\"";
  private static final String EXPIRED = "\"type\":\"ERROR\"";
  private static final Duration LIFE = Duration.ofHours(6);

  private final KubernetesClient client;
  private final URI objects;
  private final Timeline timeline;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private volatile String seenUpTo = "";
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
   * Watches the AckTasks of a namespace from now on, and tells {@code timeline} what it sees.
   *
   * @param client of its own, closed with the watch
   */
  public static StatusWatch start(KubernetesClient client, String namespace, Timeline timeline) {
    StatusWatch watch = new StatusWatch(client, namespace, timeline);
    watch.connect().join();
    watch.requireOpen();
    return watch;
  }

  /**
   * Makes sure that changes are still seen.
   *
   * @throws IllegalStateException when the watch could not go on where it was cut off
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
                    .formatted(objects, LIFE.toSeconds(), seenUpTo))
            .timeout(LIFE.toSeconds(), TimeUnit.SECONDS)
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
    CompletableFuture<?> unused = body.done().whenComplete((nothing, why) -> goOn());
    body.consume();
  }

  private void goOn() {
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
          see(line.toString(StandardCharsets.ISO_8859_1));
          line.reset();
        } else {
          line.write(next);
        }
      }
    }
    stream.consume();
  }

  private void see(String event) {
    if (event.contains(EXPIRED)) {
      fail(new IllegalStateException(event));
      return;
    }
    int version = event.indexOf(RESOURCE_VERSION) + RESOURCE_VERSION.length();
    seenUpTo = event.substring(version, event.indexOf('"', version));
    int digits = event.indexOf(NAME) + NAME.length();
    see(Integer.parseInt(event.substring(digits, digits + TaskObjects.DIGITS)), event);
  }

  private void see(int task, String event) {
    int version = timeline.version(task);
    if (event.contains(Cloud.marker(version))) {
      timeline.seen(task, version);
    }
  }
}
