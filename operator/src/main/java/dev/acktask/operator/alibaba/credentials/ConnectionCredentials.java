package dev.acktask.operator.alibaba.credentials;

import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.identity.SecretSource;
import dev.acktask.operator.identity.TokenSource;

/** Creates the credential provider of a connection. */
public final class ConnectionCredentials {
  private final SecretSource secrets;
  private final TokenSource tokens;
  private final CredentialProvider operator;
  private final Timing timing;
  private final RoleSessions sessions;

  /**
   * @param secrets reads Secrets by name
   * @param tokens requests tokens of ServiceAccounts
   * @param operator the operator's own identity; not ready where it has none
   * @param transport to STS, with the operator's proxies and authorities
   */
  public ConnectionCredentials(
      SecretSource secrets,
      TokenSource tokens,
      CredentialProvider operator,
      CloudTransport transport) {
    this(secrets, tokens, operator, transport, Timing.system());
  }

  ConnectionCredentials(
      SecretSource secrets,
      TokenSource tokens,
      CredentialProvider operator,
      CloudTransport transport,
      Timing timing) {
    this.secrets = secrets;
    this.tokens = tokens;
    this.operator = operator;
    this.timing = timing;
    this.sessions = new RoleSessions(transport, timing);
  }

  /**
   * The provider for {@code identity}. Neither a Secret nor STS is asked before its first use. A
   * provider holds no resource: one that is no longer used is garbage.
   */
  public CredentialProvider provider(ConnectionIdentity identity) {
    CredentialProvider base = base(identity.source(), identity.sts(), identity.connection());
    return identity.role() == null
        ? base
        : sessions.chained(
            new ChainedRole(identity.role(), base, title(identity.source())),
            identity.sts(),
            identity.connection());
  }

  private CredentialProvider base(CredentialSource source, Endpoint sts, String connection) {
    return switch (source) {
      case CredentialSource.Secret secret ->
          new SecretCredentialProvider(
              secrets,
              new AccessKeySecret(secret.namespace(), secret.name()),
              timing,
              SecretCredentialProvider.READ_TIMEOUT);
      case CredentialSource.WorkloadIdentity workload ->
          sessions.withOidc(
              new OidcRole(
                  workload.roleArn(),
                  workload.oidcProviderArn(),
                  new ServiceAccountToken(
                      tokens, workload.namespace(), workload.serviceAccountName()),
                  AssumedRole.DEFAULT_SESSION_NAME),
              sts,
              connection);
      case CredentialSource.OperatorIdentity own -> operator;
    };
  }

  private static String title(CredentialSource source) {
    return switch (source) {
      case CredentialSource.Secret secret ->
          "the access key in the " + new AccessKeySecret(secret.namespace(), secret.name());
      case CredentialSource.WorkloadIdentity workload -> "the role " + workload.roleArn();
      case CredentialSource.OperatorIdentity own -> "the operator's own identity";
    };
  }
}
