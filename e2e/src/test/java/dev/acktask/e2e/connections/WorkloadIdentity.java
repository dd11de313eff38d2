package dev.acktask.e2e.connections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.AckTasks;
import dev.acktask.simulator.account.OidcTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.IssuerKeys;
import dev.acktask.simulator.oidc.OidcProvider;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A ServiceAccount of a team and a RAM role that trusts its tokens. The account of the role has an
 * OIDC provider with the issuer and the keys of the control plane.
 *
 * @param name of the ServiceAccount and of the role
 */
record WorkloadIdentity(Teams teams, AckTasks team, String accountId, String name) {
  private static final String PROVIDER = "ack-rrsa-e2e";

  /** Creates all of it, without the operator's right to request tokens. */
  WorkloadIdentity create() {
    createRole();
    createServiceAccount();
    return this;
  }

  void createRole() {
    teams.simulated(accountId).putProvider(provider(admin()));
    teams
        .simulated(accountId)
        .putRole(
            Role.of(name)
                .trusting(
                    OidcTrust.of(
                        RamArn.oidcProvider(accountId, PROVIDER),
                        "system:serviceaccount:%s:%s".formatted(team.namespace(), name))));
  }

  void createServiceAccount() {
    admin()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(team.namespace())
                .withName(name)
                .endMetadata()
                .build())
        .create();
  }

  /** A connection of the team with this identity. */
  ConnectionYaml connection(String connection) {
    return teams
        .connection(team, connection)
        .with(
            "credentials",
            "{workloadIdentity: {serviceAccountName: %s, roleArn: '%s', oidcProviderArn: '%s'}}"
                .formatted(
                    name, RamArn.role(accountId, name), RamArn.oidcProvider(accountId, PROVIDER)));
  }

  private KubernetesClient admin() {
    return teams.fixture().controlPlane().admin();
  }

  /** As an administrator registers the cluster in RAM. */
  private static OidcProvider provider(KubernetesClient cluster) {
    try {
      String issuer =
          new ObjectMapper()
              .readTree(cluster.raw("/.well-known/openid-configuration"))
              .path("issuer")
              .asText();
      return OidcProvider.of(PROVIDER, issuer)
          .withKeys(IssuerKeys.parse(cluster.raw("/openid/v1/jwks")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
