package dev.acktask.operator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Refuses a PUT that names another uid or resourceVersion than the object has, as the API server
 * does. The mock alone accepts every PUT of a status: it compares the stored version with itself
 * (PutHandler of kubernetes-client 7.9.0). A reconcile of a stale object then repeats a transition.
 */
public final class FencingDispatcher extends KubernetesCrudDispatcher {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger statusWrites = new AtomicInteger();

  /** Number of status writes, including refused ones. */
  int statusWrites() {
    return statusWrites.get();
  }

  @Override
  public synchronized MockResponse handleUpdate(RecordedRequest request) {
    if (request.getPath().endsWith("/status")) {
      statusWrites.incrementAndGet();
    }
    return isOutdated(request)
        ? new MockResponse().setResponseCode(HttpURLConnection.HTTP_CONFLICT)
        : super.handleUpdate(request);
  }

  /** Not during a PUT, so that no other write comes between its check and its effect. */
  @Override
  public synchronized MockResponse handlePatch(RecordedRequest request) {
    return super.handlePatch(request);
  }

  private boolean isOutdated(RecordedRequest request) {
    var stored = findResource(getKey(request.getPath()));
    if (stored == null) {
      return false;
    }
    JsonNode present = metadata(stored.getValue());
    // Not getUtf8Body: it would leave no body for the handler.
    JsonNode read = metadata(new String(request.getBody().getBytes(), StandardCharsets.UTF_8));
    return isOther(read.path("uid"), present.path("uid"))
        || isOther(read.path("resourceVersion"), present.path("resourceVersion"));
  }

  private static boolean isOther(JsonNode read, JsonNode present) {
    return !read.asText().isEmpty() && !read.equals(present);
  }

  private static JsonNode metadata(String object) {
    try {
      return JSON.readTree(object).path("metadata");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
