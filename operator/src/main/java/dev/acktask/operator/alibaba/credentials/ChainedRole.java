package dev.acktask.operator.alibaba.credentials;

import java.util.HashMap;
import java.util.Map;

/**
 * A RAM role that another identity assumes, by the operation AssumeRole of STS.
 *
 * @param base signs the request
 * @param signer how messages name the identity of {@code base}
 */
record ChainedRole(AssumedRole role, CredentialProvider base, String signer) {
  /**
   * Sends one request, if there is a credential to sign it; one more if STS refuses the credential
   * and the base then has another one. Each blocks for at most the call timeout.
   */
  StsResponse requestSession(StsClient sts) {
    return switch (base.current()) {
      case CredentialLookup.NotReady none -> new StsResponse.NoKey(none);
      case CredentialLookup.Ready ready -> requestSession(sts, ready.credential());
    };
  }

  private StsResponse requestSession(StsClient sts, Credential credential) {
    StsResponse response = request(sts, credential);
    return response instanceof StsResponse.KeyRefused
            && base.current() instanceof CredentialLookup.Ready next
            && next.credential() != credential
        ? request(sts, next.credential())
        : response;
  }

  private StsResponse request(StsClient sts, Credential credential) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("RoleArn", role.roleArn());
    parameters.put("RoleSessionName", role.sessionName());
    if (role.externalId() != null) {
      parameters.put("ExternalId", role.externalId());
    }
    StsResponse response = sts.assumeRole(parameters, credential, advice());
    if (response instanceof StsResponse.KeyRefused) {
      base.reportRefused(credential);
    }
    return response;
  }

  private StsResponse.Advice advice() {
    return new StsResponse.Advice(
        "Check that the role exists, that its trust policy names the identity that assumes it ("
            + signer
            + ") and, where it demands one, the external id of the connection, and that a policy"
            + " allows this identity sts:AssumeRole on the role.",
        "The request is signed with " + signer + ". Check that it exists and is enabled.");
  }
}
