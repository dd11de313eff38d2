package dev.acktask.e2e.gates;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Serves archives on loopback, in place of Flux's source-controller. */
final class ArtifactServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> archives = new ConcurrentHashMap<>();

  /**
   * An archive that is served.
   *
   * @param path on the server
   * @param digest {@code sha256:} and 64 hexadecimal digits
   * @param size in bytes
   */
  record Artifact(String path, URI url, String digest, int size) {}

  ArtifactServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
  }

  /** Serves {@code archive} under a path that follows from its content. */
  Artifact publish(byte[] archive) {
    String hash = sha256(archive);
    String path = hash + ".tar.gz";
    archives.put("/" + path, archive);
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    return new Artifact(path, url, "sha256:" + hash, archive.length);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] archive = archives.get(exchange.getRequestURI().getPath());
      if (archive == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.sendResponseHeaders(200, archive.length);
      exchange.getResponseBody().write(archive);
    }
  }

  private static String sha256(byte[] archive) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
