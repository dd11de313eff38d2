package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** Asks a health endpoint whether a process is ready. */
final class HttpProbe implements Predicate<ManagedProcess> {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient client;
  private final HttpRequest request;

  HttpProbe(URI endpoint) {
    this(HttpClient.newBuilder(), endpoint);
  }

  HttpProbe(URI endpoint, SSLContext tls) {
    this(HttpClient.newBuilder().sslContext(tls), endpoint);
  }

  private HttpProbe(HttpClient.Builder builder, URI endpoint) {
    client = builder.connectTimeout(TIMEOUT).build();
    request = HttpRequest.newBuilder(endpoint).timeout(TIMEOUT).build();
  }

  @Override
  public boolean test(ManagedProcess process) {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
