package dev.acktask.operator.alibaba.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The token of the operator's ServiceAccount, in a projected volume. Read for each request, because
 * the kubelet replaces the file.
 */
record TokenFile(Path file) implements OidcToken {
  @Override
  public Lookup read() {
    try (InputStream content = Files.newInputStream(file)) {
      return OidcToken.parse(new String(content.readNBytes(2 * MAX_LENGTH), StandardCharsets.UTF_8))
          .orElseGet(() -> absent(" is empty or holds more than one token."));
    } catch (IOException unreadable) {
      return absent(
          " cannot be read. Check that the pod is labelled and its ServiceAccount annotated for"
              + " ack-pod-identity-webhook, and restart the pod.");
    }
  }

  private Lookup absent(String problem) {
    return new Lookup.Absent(new StsResponse.NoToken("The OIDC token file " + file + problem));
  }

  @Override
  public String serviceAccount() {
    return "the operator's ServiceAccount";
  }
}
