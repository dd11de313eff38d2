package dev.acktask.e2e.history;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Every change under a prefix, read from etcd itself: a watch at the API server would miss versions
 * when a test kills the API server. It resumes where it stopped when etcd is started again.
 *
 * @see <a href="https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway/">etcd's gateway</a>
 */
final class EtcdWatch implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GROUP = "/registry/acktask.dev/";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Change> changes = new ArrayList<>();
  private final URI etcd;
  private final String prefix;

  /** A key that sorts after all objects of the resource, where the API server does not watch. */
  private final String marker;

  private long next;

  /**
   * One change.
   *
   * @param value the stored value; for a deletion the last one
   */
  record Change(Instant observedAt, long revision, boolean deleted, JsonNode value) {}

  /**
   * Watches from now on.
   *
   * @param resource of the group acktask.dev, for example {@code acktasks}
   * @param namespace only its objects; empty for all objects
   */
  EtcdWatch(URI etcd, String resource, String namespace) {
    this.etcd = etcd;
    this.prefix = GROUP + resource + "/" + (namespace.isEmpty() ? "" : namespace + "/");
    this.marker = GROUP + resource + "~marker";
    this.next = mark() + 1;
    Thread.ofVirtual().name("etcd-watch").start(this::run);
  }

  /** All changes up to this call. */
  List<Change> changes() {
    long now = mark();
    await().atMost(TIMEOUT).until(() -> next() > now);
    synchronized (this) {
      return List.copyOf(changes);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    client.shutdownNow();
  }

  private synchronized long next() {
    return next;
  }

  /** Writes the marker and returns the revision of that write. */
  private long mark() {
    ObjectNode put = JSON.createObjectNode().put("key", base64(marker)).put("value", "");
    try {
      HttpResponse<String> response = client.send(post("/v3/kv/put", put), BodyHandlers.ofString());
      return JSON.readTree(response.body()).at("/header/revision").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException("etcd does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void run() {
    try {
      do {
        follow();
      } while (!closed.await(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Watches one range up to the marker, so that the marker arrives in order. The range excludes
   * earlier namespaces and all other kinds.
   */
  private void follow() throws InterruptedException {
    ObjectNode request = JSON.createObjectNode();
    request
        .putObject("create_request")
        .put("key", base64(prefix))
        .put("range_end", base64(marker + "\0"))
        .put("start_revision", next())
        .put("prev_kv", true);
    try {
      HttpResponse<Stream<String>> response =
          client.send(post("/v3/watch", request), BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        lines.forEach(this::take);
      }
    } catch (IOException | UncheckedIOException broken) {
      // Etcd is down; the next call resumes at the same revision.
    }
  }

  private synchronized void take(String line) {
    try {
      for (JsonNode event : JSON.readTree(line).at("/result/events")) {
        JsonNode kv = event.path("kv");
        long revision = kv.path("mod_revision").asLong();
        if (text(kv, "key").startsWith(prefix)) {
          boolean deleted = event.path("type").asText().equals("DELETE");
          JsonNode value = JSON.readTree(text(deleted ? event.path("prev_kv") : kv, "value"));
          changes.add(new Change(Instant.now(), revision, deleted, value));
        }
        next = revision + 1;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not what etcd says: " + line, e);
    }
  }

  private HttpRequest post(String path, JsonNode body) {
    return HttpRequest.newBuilder(etcd.resolve(path))
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JsonNode node, String field) {
    return new String(
        Base64.getDecoder().decode(node.path(field).asText()), StandardCharsets.UTF_8);
  }
}
