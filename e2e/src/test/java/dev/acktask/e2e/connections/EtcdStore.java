package dev.acktask.e2e.connections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * Stores what the API server refuses, as objects of an older CRD are stored.
 *
 * @see <a href="https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway/">etcd's gateway</a>
 */
record EtcdStore(URI clients) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Changes the spec of an AckConnection in place. */
  void edit(String namespace, String name, Consumer<ObjectNode> change) {
    String key = base64("/registry/acktask.dev/ackconnections/" + namespace + "/" + name);
    ObjectNode range = JSON.createObjectNode().put("key", key);
    try {
      String stored = post("/v3/kv/range", range).at("/kvs/0/value").asText();
      ObjectNode object = (ObjectNode) JSON.readTree(Base64.getDecoder().decode(stored));
      change.accept(object.withObject("/spec"));
      ObjectNode metadata = object.withObject("/metadata");
      metadata.put("generation", metadata.path("generation").asLong() + 1);
      post("/v3/kv/put", range.put("value", base64(object.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode post(String path, JsonNode body) throws IOException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(clients.resolve(path))
              .POST(BodyPublishers.ofString(body.toString()))
              .build();
      return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
