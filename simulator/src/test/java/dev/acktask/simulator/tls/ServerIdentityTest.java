package dev.acktask.simulator.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys in the forms in which Helm, cert-manager and OpenSSL write them. */
@Timeout(60)
class ServerIdentityTest {
  /** Of PKCS#8 around an RSA key of 2048 bits: what precedes the key in PKCS#1. */
  private static final int HEAD_BYTES = 26;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"EC, PRIVATE KEY", "RSA, PRIVATE KEY", "RSA, RSA PRIVATE KEY"})
  void shouldServeOverTlsWithTheFiles(String algorithm, String form) throws Exception {
    // given
    KeyStore store = SelfSigned.keyStore(algorithm, folder);
    Certificate certificate = store.getCertificate("simulator");
    Path certificateFile = pem("CERTIFICATE", certificate.getEncoded());
    Path keyFile = pem(form, encoded(store, form));

    // when
    SSLContext context = ServerIdentity.load(certificateFile, keyFile).context();

    // then
    try (Simulator simulator = Simulator.builder().withoutVerification().tls(context).start();
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build()) {
      simulator.answers("T-1", Response.json(200, "{}"));
      HttpRequest request =
          HttpRequest.newBuilder(simulator.endpoint().resolve("/tasks/T-1")).build();
      assertEquals("{}", client.send(request, BodyHandlers.ofString()).body());
    }
  }

  @Test
  void shouldNameTheFileAndNoContentWhenTheKeyIsNone() throws Exception {
    Path certificate =
        pem(
            "CERTIFICATE",
            SelfSigned.keyStore("EC", folder).getCertificate(SelfSigned.ALIAS).getEncoded());
    Path key = Files.writeString(folder.resolve("key"), "canary-content");

    TlsException refused =
        assertThrows(TlsException.class, () -> ServerIdentity.load(certificate, key));

    assertTrue(refused.getMessage().startsWith(key + ": is no private key"), refused::getMessage);
    assertFalse(refused.getMessage().contains("canary"), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"nothing, is no certificate in PEM", "'', holds no certificate"})
  void shouldNameTheFileWhenTheCertificateIsNone(String content, String problem)
      throws IOException {
    Path file = Files.writeString(folder.resolve("certificate"), content);

    TlsException refused = assertThrows(TlsException.class, () -> ServerIdentity.load(file, file));

    assertTrue(refused.getMessage().startsWith(file + ": " + problem), refused::getMessage);
  }

  @Test
  void shouldNameTheFileWhenItIsMissing() {
    Path file = folder.resolve("missing");

    TlsException refused = assertThrows(TlsException.class, () -> ServerIdentity.load(file, file));

    assertEquals(file + ": cannot be read", refused.getMessage());
  }

  private static byte[] encoded(KeyStore store, String form) throws GeneralSecurityException {
    Key key = store.getKey(SelfSigned.ALIAS, SelfSigned.PASSWORD.toCharArray());
    byte[] pkcs8 = ((PrivateKey) key).getEncoded();
    return form.startsWith("RSA") ? Arrays.copyOfRange(pkcs8, HEAD_BYTES, pkcs8.length) : pkcs8;
  }

  private Path pem(String type, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(der);
    return Files.writeString(
        folder.resolve(type.replace(' ', '-')),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, body, type));
  }

  private static SSLContext trusting(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusted.getTrustManagers(), null);
    return context;
  }
}
