package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.HttpRequest;
import dev.acktask.operator.alibaba.signing.PercentEncoding;
import dev.acktask.operator.alibaba.signing.RequestSigner;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Requests sessions from STS, version 2015-04-01; each request blocks for at most the call timeout.
 *
 * <p>The requests go through the operator's own transport. The vendor's library supports neither
 * the operator's proxy settings nor its CA bundle.
 */
record StsClient(
    CloudTransport transport, Endpoint endpoint, InstantSource clock, Supplier<String> nonces) {
  private static final String WITH_OIDC =
      "/?Action=AssumeRoleWithOIDC&Format=JSON&Version=2015-04-01";

  /** The most that STS issues to a caller that is itself a session, and to a new role. */
  private static final String SESSION_SECONDS = "3600";

  /** The request is not signed: the token among the parameters is the proof. */
  StsResponse assumeRoleWithOidc(Map<String, String> parameters, StsResponse.Advice advice) {
    String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String target =
        WITH_OIDC
            + "&Timestamp="
            + PercentEncoding.encode(time)
            + "&SignatureNonce="
            + nonces.get();
    return send(HttpRequest.post(endpoint.origin(), target, withDuration(parameters)), advice);
  }

  StsResponse assumeRole(
      Map<String, String> parameters, Credential credential, StsResponse.Advice advice) {
    RequestSigner signer = new RequestSigner(endpoint, clock, nonces);
    return send(signer.assumeRole(withDuration(parameters), credential), advice);
  }

  private StsResponse send(HttpRequest request, StsResponse.Advice advice) {
    return StsResponse.of(
        transport.send(request, endpoint.addresses(), transport.startCall()), advice);
  }

  private static Map<String, String> withDuration(Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("DurationSeconds", SESSION_SECONDS);
    return all;
  }

  /** How messages name it. */
  @Override
  public String toString() {
    return "Alibaba Cloud STS (" + endpoint.base().getHost() + ")";
  }
}
