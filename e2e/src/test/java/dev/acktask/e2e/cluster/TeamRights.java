package dev.acktask.e2e.cluster;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * What a team grants to the operator in its namespace, each by a Role with a RoleBinding.
 *
 * @param admin creates them
 * @param namespace of the team
 * @param operator the ServiceAccount of the operator
 */
public record TeamRights(KubernetesClient admin, String namespace, Subject operator) {

  /** The subject for a ServiceAccount. */
  public static Subject serviceAccount(String namespace, String name) {
    return new SubjectBuilder()
        .withKind("ServiceAccount")
        .withNamespace(namespace)
        .withName(name)
        .build();
  }

  /** The operator may read these Secrets. */
  public void grantSecrets(String... names) {
    grant(
        "secrets",
        new PolicyRuleBuilder()
            .withApiGroups("")
            .withResources("secrets")
            .withResourceNames(names)
            .withVerbs("get")
            .build());
  }

  /** The operator may request tokens of these ServiceAccounts. */
  public void grantTokens(String... serviceAccounts) {
    grant(
        "tokens",
        new PolicyRuleBuilder()
            .withApiGroups("")
            .withResources("serviceaccounts/token")
            .withResourceNames(serviceAccounts)
            .withVerbs("create")
            .build());
  }

  /** Ends {@link #grantSecrets}. */
  public void revokeSecrets() {
    ObjectMeta meta = meta("secrets");
    admin.resource(new RoleBindingBuilder().withMetadata(meta).build()).delete();
    admin.resource(new RoleBuilder().withMetadata(meta).build()).delete();
  }

  private ObjectMeta meta(String what) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName("acktask-operator-" + what)
        .build();
  }

  private void grant(String what, PolicyRule rule) {
    ObjectMeta meta = meta(what);
    admin.resource(new RoleBuilder().withMetadata(meta).withRules(rule).build()).serverSideApply();
    admin
        .resource(
            new RoleBindingBuilder()
                .withMetadata(meta)
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", meta.getName())
                .withSubjects(operator)
                .build())
        .serverSideApply();
  }
}
