package dev.acktask.e2e.faultinjection;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The connections of a proxy to its clients and to its server, with TLS on both sides or none. */
final class ProxyTransport {
  private final URI server;
  private final Optional<Supplier<SSLContext>> serving;
  private final Optional<SSLContext> trusting;

  private ProxyTransport(
      URI server, Optional<Supplier<SSLContext>> serving, Optional<SSLContext> trusting) {
    this.server = server;
    this.serving = serving;
    this.trusting = trusting;
  }

  static ProxyTransport plain(URI server) {
    return new ProxyTransport(server, Optional.empty(), Optional.empty());
  }

  /**
   * @param serving presents the certificate to clients; called for each connection
   * @param trusting verifies the server
   */
  static ProxyTransport tls(URI server, Supplier<SSLContext> serving, SSLContext trusting) {
    return new ProxyTransport(server, Optional.of(serving), Optional.of(trusting));
  }

  /** The address for clients of a proxy on this port. */
  URI endpoint(int port) {
    return URI.create(server.getScheme() + "://127.0.0.1:" + port);
  }

  /** The decrypted side of a client connection; {@code raw} itself without TLS. */
  Socket terminateTls(Socket raw) throws IOException {
    if (serving.isEmpty()) {
      return raw;
    }
    SSLSocket socket =
        (SSLSocket)
            serving
                .get()
                .get()
                .getSocketFactory()
                .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  /** A new connection to the server. */
  Socket connect() throws IOException {
    return trusting.isPresent()
        ? trusting.get().getSocketFactory().createSocket(server.getHost(), server.getPort())
        : new Socket(server.getHost(), server.getPort());
  }
}
