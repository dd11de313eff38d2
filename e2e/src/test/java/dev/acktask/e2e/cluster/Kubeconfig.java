package dev.acktask.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Writes self-contained kubeconfig files. */
final class Kubeconfig {
  private final URI server;
  private final CertificateAuthority authority;

  Kubeconfig(URI server, CertificateAuthority authority) {
    this.server = server;
    this.authority = authority;
  }

  Path withCertificate(Path file, String user, CertificateAuthority.Issued identity) {
    return write(
        file,
        "default",
        user,
        """
              client-certificate-data: %s
              client-key-data: %s\
        """
            .formatted(base64(identity.certificate()), base64(identity.key())));
  }

  Path withToken(Path file, String namespace, String user, String token) {
    return write(file, namespace, user, "      token: " + token);
  }

  private Path write(Path file, String namespace, String user, String credentials) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          current-context: e2e
          contexts:
            - name: e2e
              context: {cluster: e2e, user: %4$s, namespace: %3$s}
          clusters:
            - name: e2e
              cluster:
                server: %1$s
                certificate-authority-data: %2$s
          users:
            - name: %4$s
              user:
          %5$s
          """
              .formatted(server, base64(authority.certificate()), namespace, user, credentials));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(Path file) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
