package dev.acktask.operator.alibaba;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority and its servers, made with {@code keytool} of the JDK. */
public final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final String LOOPBACK = "SAN=dns:localhost,dns:cloud.test,ip:127.0.0.1,ip:::1";

  private final Path directory;

  public Certificates(Path directory) throws IOException {
    this.directory = directory;
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-dname",
        "CN=Test CA",
        "-ext",
        "bc:c",
        "-startdate",
        "-60d",
        "-validity",
        "365");
  }

  /** The certificate of the authority, in PEM. */
  public String authorityPem() throws IOException, GeneralSecurityException {
    return pem("CERTIFICATE", load().getCertificate("ca").getEncoded());
  }

  /** The certificate of an authority that expired yesterday, in PEM. */
  public String expiredAuthorityPem() throws IOException, GeneralSecurityException {
    keytool(
        "-genkeypair",
        "-alias",
        "old",
        "-dname",
        "CN=Old CA",
        "-ext",
        "bc:c",
        "-startdate",
        "-30d",
        "-validity",
        "29");
    return pem("CERTIFICATE", load().getCertificate("old").getEncoded());
  }

  /** The private key of the authority in PEM. */
  public String keyPem() throws IOException, GeneralSecurityException {
    return pem("PRIVATE KEY", load().getKey("ca", PASSWORD.toCharArray()).getEncoded());
  }

  private static String pem(String label, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  /** A server whose certificate the authority signed. */
  public SSLContext good() throws IOException, GeneralSecurityException {
    return signed("good", LOOPBACK, "-1d", "365");
  }

  /** As {@link #good()}, but expired yesterday. */
  SSLContext expired() throws IOException, GeneralSecurityException {
    return signed("expired", LOOPBACK, "-30d", "29");
  }

  /** As {@link #good()}, but valid from tomorrow on. */
  SSLContext notYetValid() throws IOException, GeneralSecurityException {
    return signed("future", LOOPBACK, "+1d", "365");
  }

  /** As {@link #good()}, but for another host. */
  SSLContext forAnotherHost() throws IOException, GeneralSecurityException {
    return signed("other", "SAN=dns:cs.cn-hangzhou.aliyuncs.com", "-1d", "365");
  }

  /** A server with a self-signed certificate. */
  SSLContext selfSigned() throws IOException, GeneralSecurityException {
    keytool("-genkeypair", "-alias", "self", "-dname", "CN=localhost", "-ext", LOOPBACK);
    return server("self");
  }

  /** A client that trusts the authority and nothing else. */
  public SSLContext client() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", load().getCertificate("ca"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private SSLContext signed(String alias, String subjectNames, String start, String days)
      throws IOException, GeneralSecurityException {
    keytool(
        "-genkeypair",
        "-alias",
        alias,
        "-dname",
        "CN=" + alias,
        "-signer",
        "ca",
        "-ext",
        subjectNames,
        "-startdate",
        start,
        "-validity",
        days);
    return server(alias);
  }

  private SSLContext server(String alias) throws IOException, GeneralSecurityException {
    KeyStore all = load();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    Certificate[] chain = all.getCertificateChain(alias);
    one.setKeyEntry(
        alias, all.getKey(alias, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(one, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(directory.resolve("store.p12"))) {
      store.load(file, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-keyalg",
            "EC",
            "-keystore",
            directory.resolve("store.p12").toString(),
            "-storepass",
            PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(Files.readString(directory.resolve("keytool.log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
