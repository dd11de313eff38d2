package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.tls.SelfSigned;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server with TLS and a self-signed certificate. */
@Timeout(60)
class TlsTest {
  @TempDir private Path folder;

  private SSLContext selfSigned() throws Exception {
    KeyStore keys = SelfSigned.keyStore("EC", folder);
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, SelfSigned.PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  @Test
  void shouldAnswerAndResetOverTlsWhenContextIsGiven() throws Exception {
    SSLContext context = selfSigned();
    try (Simulator simulator = Simulator.builder().withoutVerification().tls(context).start()) {
      assertEquals("https", simulator.endpoint().getScheme());
      simulator.answers("T-1", Response.json(200, "{}"));
      simulator.answers("T-2", Response.reset());
      HttpClient client = HttpClient.newBuilder().sslContext(context).build();
      assertEquals("{}", get(client, simulator, "/tasks/T-1"));
      assertThrows(IOException.class, () -> get(client, simulator, "/tasks/T-2"));
    }
  }

  private static String get(HttpClient client, Simulator simulator, String path)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(simulator.endpoint().resolve(path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
