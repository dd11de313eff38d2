package dev.acktask.operator.alibaba;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A test of the transport on the wire; its class is run in plaintext and over TLS. */
abstract class WireTestCase {
  static SSLContext trust;
  private static SSLContext certified;

  @Parameter boolean isTls;
  WireServer server;
  WireClient client;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) throws Exception {
    Certificates certificates = new Certificates(directory);
    trust = certificates.client();
    certified = certificates.good();
  }

  @BeforeEach
  void start() throws IOException {
    server = new WireServer(isTls ? certified : null);
    client = WireClient.of(server, trust);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }
}
