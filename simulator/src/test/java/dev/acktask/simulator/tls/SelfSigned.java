package dev.acktask.simulator.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Self-signed certificates for 127.0.0.1, made with {@code keytool} of the JDK. */
public final class SelfSigned {
  /** Of the store and of its key. */
  public static final String PASSWORD = "changeit";

  static final String ALIAS = "simulator";

  private SelfSigned() {}

  /**
   * A key store of PKCS #12 with one key.
   *
   * @param algorithm {@code EC} or {@code RSA}
   * @param folder for the file
   */
  public static KeyStore keyStore(String algorithm, Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve(algorithm + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-keyalg",
                algorithm,
                "-keysize",
                algorithm.equals("RSA") ? "2048" : "256",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-alias",
                ALIAS)
            .redirectErrorStream(true)
            .start();
    byte[] output = keytool.getInputStream().readAllBytes();
    if (keytool.waitFor() != 0) {
      throw new IOException(new String(output, StandardCharsets.UTF_8));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
