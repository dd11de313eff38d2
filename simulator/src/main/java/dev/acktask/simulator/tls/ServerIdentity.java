package dev.acktask.simulator.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The certificate that the simulator presents, with its private key.
 *
 * @param chain the certificate, followed by those of its authorities; at least one
 */
public record ServerIdentity(List<Certificate> chain, PrivateKey key) {
  private static final char[] NO_PASSWORD = new char[0];

  /** A pair of PEM files is small; a larger file is another one. */
  private static final long MOST_BYTES = 1_000_000;

  public ServerIdentity {
    chain = List.copyOf(chain);
  }

  /**
   * Reads two PEM files, as in a Secret of the type {@code kubernetes.io/tls}.
   *
   * @throws TlsException when one cannot be used; the message names the file and never its content
   */
  public static ServerIdentity load(Path certificateFile, Path keyFile) {
    List<Certificate> chain = chain(certificateFile);
    String algorithm = chain.get(0).getPublicKey().getAlgorithm();
    try {
      return new ServerIdentity(
          chain, PemKey.parse(new String(read(keyFile), US_ASCII), algorithm));
    } catch (GeneralSecurityException e) {
      throw new TlsException(
          keyFile + ": is no private key in PKCS#8 or PKCS#1 for the certificate", e);
    }
  }

  private static List<Certificate> chain(Path file) {
    try {
      List<Certificate> chain =
          List.copyOf(
              CertificateFactory.getInstance("X.509")
                  .generateCertificates(new ByteArrayInputStream(read(file))));
      if (chain.isEmpty()) {
        throw new TlsException(file + ": holds no certificate", null);
      }
      return chain;
    } catch (GeneralSecurityException e) {
      throw new TlsException(file + ": is no certificate in PEM", e);
    }
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new TlsException(file + ": is larger than " + MOST_BYTES + " bytes", null);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TlsException(file + ": cannot be read", e);
    }
  }

  /** For a server that presents this certificate. */
  public SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("simulator", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsException("the certificate cannot be used: " + e.getMessage(), e);
    }
  }
}
