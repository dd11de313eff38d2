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
import java.util.concurrent.TimeUnit;

/**
 * Sees the objects as any client does: through a watch. Nothing is parsed, since this runs on the
 * processors that are measured: the name and the version are looked for in the bytes.
 */
public final class StatusWatch implements AutoCloseable {
  private static final String NAME = "\"name\":\"" + TaskObjects.PREFIX;
  private static final Duration LIFE = Duration.ofHours(6);

  private final Timeline timeline;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final AsyncBody body;

  private StatusWatch(KubernetesClient client, URI objects, Timeline timeline) {
    this.timeline = timeline;
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(objects)
            .timeout(LIFE.toSeconds(), TimeUnit.SECONDS)
            .build();
    HttpResponse<AsyncBody> response =
        client.getHttpClient().consumeBytes(request, this::take).join();
    if (!response.isSuccessful()) {
      throw new IllegalStateException("the watch was refused with " + response.code());
    }
    this.body = response.body();
  }

  /** Watches the AckTasks of a namespace from now on, and tells {@code timeline} what it sees. */
  public static StatusWatch start(KubernetesClient client, String namespace, Timeline timeline) {
    URI objects =
        URI.create(client.getMasterUrl().toString())
            .resolve(
                "/apis/acktask.dev/v1alpha1/namespaces/%s/acktasks?watch=true&timeoutSeconds=%d"
                    .formatted(namespace, LIFE.toSeconds()));
    StatusWatch watch = new StatusWatch(client, objects, timeline);
    watch.body.consume();
    return watch;
  }

  /**
   * Makes sure that changes are still seen.
   *
   * @throws IllegalStateException when the watch has ended
   */
  public void requireOpen() {
    if (body.done().isDone()) {
      throw new IllegalStateException("the watch of the benchmark has ended");
    }
  }

  @Override
  public void close() {
    body.cancel();
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
    int at = event.indexOf(NAME);
    if (at < 0) {
      return;
    }
    int digits = at + NAME.length();
    int task = Integer.parseInt(event.substring(digits, digits + TaskObjects.DIGITS));
    if (task < timeline.tasks()) {
      int version = timeline.version(task);
      if (event.contains(Cloud.marker(version))) {
        timeline.seen(task, version);
      }
    }
  }
}
