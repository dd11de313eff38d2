package dev.acktask.operator.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file of certificates, as companies hand out for proxies that open TLS. It is read once, at
 * start: a replaced file needs a restart.
 */
final class CaBundle {
  /** Bytes; the whole list of the public authorities has less than a third of it. */
  private static final int MAX_BYTES = 1 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,60})-----([^-]*)-----END \\1-----");

  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");

  private CaBundle() {}

  /** The certificates of a file, or what is wrong with it. */
  sealed interface Parsed {}

  /**
   * The file can be used.
   *
   * @param remarks a sentence for each certificate that is out of date
   */
  record Certificates(List<X509Certificate> all, List<String> remarks) implements Parsed {}

  /**
   * The file cannot be used as a whole.
   *
   * @param problem the end of a sentence that begins with the variable: the reason and what to do
   */
  record Unusable(String problem) implements Parsed {}

  /** Reads the file {@code name}; one unreadable certificate makes the whole file unusable. */
  static Parsed read(String name, InstantSource clock) {
    byte[] bytes;
    try (InputStream file = Files.newInputStream(Path.of(name))) {
      bytes = file.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException absent) {
      return new Unusable("names a file that does not exist; mount the bundle there.");
    } catch (IOException | InvalidPathException unreadable) {
      return new Unusable("names a file that cannot be read; check the path and its permissions.");
    }
    if (bytes.length > MAX_BYTES) {
      return new Unusable("names a file of more than 1 MiB; keep only the authorities you need.");
    }
    return parse(new String(bytes, StandardCharsets.ISO_8859_1), clock);
  }

  private static Parsed parse(String text, InstantSource clock) {
    if (text.isBlank()) {
      return new Unusable("names an empty file; write the certificates in PEM into it.");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String label = block.group(1);
      if (label.endsWith("PRIVATE KEY")) {
        return new Unusable(
            "names a file with a private key, which has no place there; keep the certificates"
                + " only.");
      }
      if (!label.equals("CERTIFICATE")) {
        return new Unusable("names a file with a " + label + "; keep the certificates only.");
      }
      try {
        certificates.add(certificate(block.group()));
      } catch (CertificateException damaged) {
        return new Unusable(
            "names a file whose certificate number "
                + (certificates.size() + 1)
                + " cannot be read; export it again in PEM.");
      }
    }
    long begun = BEGIN.matcher(text).results().count();
    if (begun == 0) {
      return new Unusable(
          "names a file that is not PEM: it has no line -----BEGIN CERTIFICATE-----; convert it"
              + " with openssl x509 -inform der.");
    }
    return begun == certificates.size()
        ? new Certificates(List.copyOf(certificates), remarks(certificates, clock))
        : new Unusable(
            "names a file that is cut short or damaged: a -----BEGIN line has no -----END line.");
  }

  private static X509Certificate certificate(String pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static List<String> remarks(List<X509Certificate> certificates, InstantSource clock) {
    Instant now = clock.instant();
    return certificates.stream()
        .filter(
            one ->
                now.isAfter(one.getNotAfter().toInstant())
                    || now.isBefore(one.getNotBefore().toInstant()))
        .map(
            one ->
                "The certificate of "
                    + one.getSubjectX500Principal()
                    + " is valid from "
                    + one.getNotBefore().toInstant()
                    + " to "
                    + one.getNotAfter().toInstant()
                    + " only; replace it.")
        .toList();
  }
}
