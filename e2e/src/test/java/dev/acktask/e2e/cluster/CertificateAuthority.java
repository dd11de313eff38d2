package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Issues the certificates of one run, by the JDK's keytool; valid for two days. */
public final class CertificateAuthority {
  private static final String CA = "ca";
  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path store;

  private CertificateAuthority(Path folder) {
    this.folder = folder;
    this.store = folder.resolve("keys.p12");
  }

  /** A new authority that keeps its files in {@code folder}. */
  public static CertificateAuthority create(Path folder) throws IOException {
    Files.createDirectories(folder);
    CertificateAuthority authority = new CertificateAuthority(folder);
    authority.generate(
        CA, "CN=acktask-e2e", List.of("-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign"));
    Files.writeString(authority.certificate(), authority.certificatePem(CA));
    return authority;
  }

  /** The authority's own certificate, for clients to trust. */
  public Path certificate() {
    return folder.resolve("ca.crt");
  }

  /** For a server on 127.0.0.1 or localhost. */
  public Issued issueServer(String name) {
    return issue(
        name, "CN=" + name, "eku=serverAuth", "san=ip:127.0.0.1,dns:localhost,dns:kubernetes");
  }

  /** For a user of the API server; the organisations of the subject are its groups. */
  public Issued issueClient(String user, String... groups) {
    StringBuilder subject = new StringBuilder("CN=").append(user);
    for (String group : groups) {
      subject.append(",O=").append(group);
    }
    return issue(user.replace(':', '-'), subject.toString(), "eku=clientAuth");
  }

  /** Trusts only this authority. */
  public SSLContext trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(CA, load().getCertificate(CA));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One key with its certificate: the files, and a context for a server that presents it. */
  public final class Issued {
    private final String alias;

    private Issued(String alias) {
      this.alias = alias;
    }

    public Path certificate() {
      return folder.resolve(alias + ".crt");
    }

    public Path key() {
      return folder.resolve(alias + ".key");
    }

    /** Presents this certificate, as a server does. */
    public SSLContext serving() {
      try {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        KeyStore all = load();
        char[] password = PASSWORD.toCharArray();
        own.setKeyEntry(
            alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        KeyManagerFactory keys =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Issued issue(String alias, String subject, String... extensions) {
    List<String> options = new ArrayList<>(List.of("-signer", CA));
    for (String extension : extensions) {
      options.addAll(List.of("-ext", extension));
    }
    generate(alias, subject, options);
    Issued issued = new Issued(alias);
    try {
      Files.writeString(issued.certificate(), certificatePem(alias));
      Files.writeString(issued.key(), Pem.of(load().getKey(alias, PASSWORD.toCharArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return issued;
  }

  private String certificatePem(String alias) {
    try {
      return Pem.of(load().getCertificate(alias));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized KeyStore load() throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private synchronized void generate(String alias, String subject, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", subject));
    command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2"));
    // Valid also for a clock that runs a little behind.
    command.addAll(List.of("-startdate", "-1H"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    command.addAll(options);
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed for " + alias + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
