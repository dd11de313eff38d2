package dev.acktask.operator.tls;

import dev.acktask.operator.text.Parsed;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities of the JDK, and those of the file that {@code ACKTASK_CA_BUNDLE} names. They
 * apply to the ACK API, STS and the OTLP collector; the Kubernetes API has a separate authority. No
 * setting disables the check of certificates or host names.
 */
public final class TrustedAuthorities {
  private static final String VARIABLE = "ACKTASK_CA_BUNDLE";

  private final List<X509Certificate> additional;
  private final List<String> remarks;
  private @Nullable Tls tls;

  /** A context and the one trust manager in it. */
  public record Tls(SSLContext context, X509TrustManager trustManager) {}

  private TrustedAuthorities(List<X509Certificate> additional, List<String> remarks) {
    this.additional = additional;
    this.remarks = remarks;
  }

  /** Reads the bundle that {@code environment} names. */
  public static Parsed<TrustedAuthorities> parse(
      Map<String, String> environment, InstantSource clock) {
    String file = environment.getOrDefault(VARIABLE, "").strip();
    if (file.isEmpty()) {
      return new Parsed.Valid<>(ofJdk());
    }
    return switch (CaBundle.read(file, clock)) {
      case CaBundle.Certificates bundle ->
          new Parsed.Valid<>(new TrustedAuthorities(bundle.all(), bundle.remarks()));
      case CaBundle.Unusable unusable ->
          new Parsed.Invalid<>(List.of(VARIABLE + " " + unusable.problem()));
    };
  }

  /** Only the authorities of the JDK. */
  public static TrustedAuthorities ofJdk() {
    return new TrustedAuthorities(List.of(), List.of());
  }

  /** Number of certificates that the bundle adds; 0 without a bundle. */
  public int added() {
    return additional.size();
  }

  /** A sentence for each certificate of the bundle that is out of date. */
  public List<String> remarks() {
    return remarks;
  }

  /** Trusts these authorities; the first call reads those of the JDK, which is slow. */
  public SSLContext context() {
    return additional().map(Tls::context).orElseGet(TrustedAuthorities::contextOfJdk);
  }

  private static SSLContext contextOfJdk() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("The JDK has no TLS.", impossible);
    }
  }

  /** The context with the bundle; empty without a bundle, where the JDK's default applies. */
  public synchronized Optional<Tls> additional() {
    if (tls == null && !additional.isEmpty()) {
      try {
        tls = build();
      } catch (GeneralSecurityException | IOException impossible) {
        throw new IllegalStateException(
            "The JDK cannot trust certificates that it has read.", impossible);
      }
    }
    return Optional.ofNullable(tls);
  }

  private Tls build() throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int number = 0;
    for (X509Certificate ofJdk : manager(null).getAcceptedIssuers()) {
      all.setCertificateEntry("jdk-" + number++, ofJdk);
    }
    for (X509Certificate own : additional) {
      all.setCertificateEntry("bundle-" + number++, own);
    }
    X509TrustManager trust = manager(all);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {trust}, null);
    return new Tls(context, trust);
  }

  /**
   * @param trusted null for the authorities of the JDK
   */
  private static X509TrustManager manager(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no trust manager for certificates");
  }
}
