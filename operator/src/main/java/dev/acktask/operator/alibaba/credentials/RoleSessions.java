package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.credentials.RefreshingCredentialProvider.SessionSource;
import dev.acktask.operator.alibaba.signing.NonceGenerator;
import java.util.function.Function;

/** Creates providers of sessions of roles. None calls STS before its first use. */
final class RoleSessions {
  private final CloudTransport transport;
  private final Timing timing;
  private final NonceGenerator nonces = new NonceGenerator();

  RoleSessions(CloudTransport transport, Timing timing) {
    this.transport = transport;
    this.timing = timing;
  }

  /**
   * Sessions by the token of a ServiceAccount.
   *
   * @param connection the user of the sessions, in log lines
   */
  CredentialProvider withOidc(OidcRole role, Endpoint sts, String connection) {
    return refreshing(role::requestSession, role.roleArn(), sts, connection);
  }

  /**
   * Sessions by another identity.
   *
   * @param connection the user of the sessions, in log lines
   */
  CredentialProvider chained(ChainedRole role, Endpoint sts, String connection) {
    return refreshing(role::requestSession, role.role().roleArn(), sts, connection);
  }

  private CredentialProvider refreshing(
      Function<StsClient, StsResponse> request, String roleArn, Endpoint sts, String connection) {
    StsClient client = new StsClient(transport, sts, timing.clock(), nonces);
    return new RefreshingCredentialProvider(
        new SessionSource(
            () -> request.apply(client), "the role " + roleArn + " from " + client, connection),
        timing,
        RefreshingCredentialProvider.FIRST_SESSION_TIMEOUT);
  }
}
