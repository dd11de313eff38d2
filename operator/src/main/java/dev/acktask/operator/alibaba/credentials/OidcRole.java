package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.HttpRequest;
import dev.acktask.operator.alibaba.HttpResult;
import dev.acktask.operator.alibaba.signing.PercentEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A RAM role that a ServiceAccount assumes with its OIDC token (RRSA), by the operation
 * AssumeRoleWithOIDC of STS. The request is not signed: the token is the proof.
 *
 * <p>The request goes through the operator's own transport. The vendor's library supports neither
 * the operator's proxy settings nor its CA bundle.
 *
 * @param roleArn the role
 * @param providerArn the cluster's OIDC provider
 * @param tokenFile read for each request, because the kubelet replaces it
 * @param sessionName appears in ActionTrail
 */
record OidcRole(String roleArn, String providerArn, Path tokenFile, String sessionName) {
  /** STS accepts up to 20,000 characters. */
  private static final int MAX_TOKEN = 20_000;

  private static final String TARGET = "/?Action=AssumeRoleWithOIDC&Format=JSON&Version=2015-04-01";

  private static final String SESSION_SECONDS = "3600";

  private static final String TRUST =
      "Check that the role exists and that its trust policy names this cluster's OIDC provider, the"
          + " operator's ServiceAccount and the audience sts.aliyuncs.com; check the node's clock.";

  /** Sends one request; blocks for at most the call timeout. */
  StsResponse requestSession(
      CloudTransport transport, Endpoint sts, InstantSource clock, Supplier<String> nonces) {
    String token;
    try {
      token = token();
    } catch (IOException unreadable) {
      return new StsResponse.NotIssued(
          "The OIDC token file "
              + tokenFile
              + " cannot be read. Check that the pod is labelled and its ServiceAccount annotated"
              + " for ack-pod-identity-webhook, and restart the pod.");
    }
    if (token.isEmpty() || token.length() > MAX_TOKEN) {
      return new StsResponse.NotIssued(
          "The OIDC token file " + tokenFile + " is empty or holds more than one token.");
    }
    String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    HttpRequest request =
        HttpRequest.post(
            sts.origin(),
            TARGET
                + "&Timestamp="
                + PercentEncoding.encode(time)
                + "&SignatureNonce="
                + nonces.get(),
            Map.of(
                "DurationSeconds", SESSION_SECONDS,
                "OIDCProviderArn", providerArn,
                "OIDCToken", token,
                "RoleArn", roleArn,
                "RoleSessionName", sessionName));
    return switch (transport.send(request, sts.addresses(), transport.startCall())) {
      case HttpResult.Answered answered -> StsResponse.read(answered.answer(), TRUST);
      case HttpResult.Lost lost -> new StsResponse.NotIssued(lost.cause().message());
    };
  }

  private String token() throws IOException {
    try (InputStream file = Files.newInputStream(tokenFile)) {
      return new String(file.readNBytes(2 * MAX_TOKEN), StandardCharsets.UTF_8).strip();
    }
  }
}
