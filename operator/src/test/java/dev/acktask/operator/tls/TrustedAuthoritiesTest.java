package dev.acktask.operator.tls;

import static dev.acktask.operator.text.ParsedAssertions.assertInvalid;
import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.Certificates;
import dev.acktask.operator.text.Parsed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of additional authorities: added to those of the JDK, or rejected with a reason. */
final class TrustedAuthoritiesTest {
  @TempDir private static Path certificatesFolder;
  private static Certificates certificates;
  private static String authority;

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws Exception {
    certificates = new Certificates(certificatesFolder);
    authority = certificates.authorityPem();
  }

  @Test
  void shouldAddTheBundleToTheAuthoritiesOfTheJdk() throws Exception {
    // when
    TrustedAuthorities bundle = valid("# our proxy\r\n" + authority.replace("\n", "\r\n"));

    // then
    List<X509Certificate> trusted =
        List.of(bundle.additional().orElseThrow().trustManager().getAcceptedIssuers());
    TrustManagerFactory jdk =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    jdk.init((java.security.KeyStore) null);
    X509TrustManager known = (X509TrustManager) jdk.getTrustManagers()[0];
    assertTrue(trusted.containsAll(Arrays.asList(known.getAcceptedIssuers())));
    assertTrue(
        trusted.stream()
            .anyMatch(issuer -> issuer.getSubjectX500Principal().getName().contains("Test")));
    assertEquals(1, bundle.added());
    assertEquals(List.of(), bundle.remarks());
  }

  @Test
  void shouldUseTheDefaultOfTheJdkWithoutABundle() throws Exception {
    TrustedAuthorities jdk =
        assertValid(
            TrustedAuthorities.parse(Map.of("ACKTASK_CA_BUNDLE", " "), InstantSource.system()));

    assertTrue(jdk.additional().isEmpty());
    assertSame(SSLContext.getDefault(), jdk.context());
  }

  @Test
  void shouldAcceptAnExpiredCertificateAndNameIt() throws Exception {
    TrustedAuthorities bundle = valid(authority + certificates.expiredAuthorityPem());

    assertEquals(2, bundle.added());
    assertEquals(1, bundle.remarks().size());
    assertTrue(bundle.remarks().getFirst().contains("CN=Old CA"), bundle.remarks()::toString);
  }

  @ParameterizedTest
  @Tag("F48")
  @CsvSource(
      delimiter = '|',
      value = {
        "''        | names an empty file",
        "' \n'     | names an empty file",
        "DER\u0001 | is not PEM",
        "KEY       | with a private key",
        "CA,KEY    | with a private key",
        "RSA       | with a private key",
        "REQUEST   | with a CERTIFICATE REQUEST",
        "CUT       | cut short",
        "CA,CUT    | cut short",
        "DAMAGED   | certificate number 1 cannot be read",
        "CA,DAMAGED| certificate number 2 cannot be read",
        "LARGE     | more than 1 MiB",
      })
  void shouldRefuseABundleThatIsNotCertificatesOnly(String parts, String expected)
      throws Exception {
    StringBuilder text = new StringBuilder();
    for (String part : parts.split(",", -1)) {
      text.append(
          switch (part) {
            case "CA" -> authority;
            case "KEY" -> certificates.keyPem();
            case "RSA" -> certificates.keyPem().replace("PRIVATE", "RSA PRIVATE");
            case "REQUEST" -> authority.replace("CERTIFICATE", "CERTIFICATE REQUEST");
            case "CUT" -> authority.substring(0, authority.length() / 2);
            case "DAMAGED" -> authority.replaceFirst("\nMI", "\nAA");
            case "LARGE" -> authority.repeat(2_000);
            default -> part;
          });
    }
    assertProblem(write(text.toString()).toString(), expected);
  }

  @Test
  @Tag("F48")
  void shouldRefuseAFileThatCannotBeRead() {
    assertProblem(folder.resolve("absent").toString(), "does not exist");
    assertProblem(folder.toString(), "cannot be read");
    assertProblem("\u0000", "cannot be read");
  }

  private TrustedAuthorities valid(String text) throws IOException {
    Parsed<TrustedAuthorities> parsed = parse(write(text).toString());
    return assertValid(parsed);
  }

  private static void assertProblem(String file, String expected) {
    String problem = assertInvalid(parse(file)).getFirst();
    assertTrue(problem.startsWith("ACKTASK_CA_BUNDLE names "), problem);
    assertTrue(problem.contains(expected), problem);
  }

  private static Parsed<TrustedAuthorities> parse(String file) {
    return TrustedAuthorities.parse(Map.of("ACKTASK_CA_BUNDLE", file), InstantSource.system());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("bundle.pem"), text, StandardCharsets.ISO_8859_1);
  }
}
