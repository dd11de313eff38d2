package dev.acktask.operator.kubernetes;

import dev.acktask.operator.identity.TokenSource;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;

/**
 * Requests tokens of ServiceAccounts from the API server. Logs nothing: an exception of the client
 * may quote an answer.
 */
public final class KubernetesTokens implements TokenSource {
  /** The least that the API server issues: a token is used once, at once. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final KubernetesClient client;

  /**
   * @param client from {@link KubernetesClients#forIdentities}
   */
  public KubernetesTokens(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public TokenLookup request(String namespace, String serviceAccount, String audience) {
    if (!ObjectName.isValid(namespace, serviceAccount)) {
      return new TokenLookup.NotFound();
    }
    try {
      TokenRequest answer =
          client
              .serviceAccounts()
              .inNamespace(namespace)
              .withName(serviceAccount)
              .tokenRequest(
                  new TokenRequestBuilder()
                      .withNewSpec()
                      .withAudiences(audience)
                      .withExpirationSeconds(LIFETIME.toSeconds())
                      .endSpec()
                      .build());
      return answer.getStatus() == null || answer.getStatus().getToken() == null
          ? new TokenLookup.Unavailable()
          : new TokenLookup.Issued(answer.getStatus().getToken());
    } catch (RuntimeException failure) {
      return switch (ApiRefusal.of(failure)) {
        case NOT_FOUND -> new TokenLookup.NotFound();
        case FORBIDDEN -> new TokenLookup.Forbidden();
        case NONE -> new TokenLookup.Unavailable();
      };
    }
  }
}
