package dev.acktask.e2e.faults;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.List;

/** A ServiceAccount for an operator, with rights that a test grants and removes. */
final class NamespaceRights {
  static final String ACCOUNT = "namespaced-operator";
  static final String ROLE = "acktask-operator";

  /** Like {@link #ROLE}, without the right to watch AckTasks. */
  static final String WITHOUT_WATCH = "acktasks-without-watch";

  private final ControlPlane controlPlane;

  NamespaceRights(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  void createAccount() {
    controlPlane
        .admin()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(OperatorFixture.OPERATOR_NAMESPACE)
                .withName(ACCOUNT)
                .endMetadata()
                .build())
        .createOr(existing -> existing.update());
  }

  /** The shipped rights, in one namespace instead of all. */
  void bind(String namespace) {
    bind(namespace, ROLE);
  }

  void bind(String namespace, String role) {
    controlPlane
        .admin()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(ACCOUNT)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject("", "ServiceAccount", ACCOUNT, OperatorFixture.OPERATOR_NAMESPACE)
                .build())
        .create();
  }

  /** Creates the binding again, because the role of a binding is immutable. */
  void rebind(String namespace, String role) {
    unbind(namespace);
    bind(namespace, role);
  }

  /** The shipped role without the right to watch AckTasks. */
  void createRoleWithoutWatch() {
    List<PolicyRule> rules =
        controlPlane.admin().rbac().clusterRoles().withName(ROLE).get().getRules().stream()
            .map(
                rule ->
                    rule.edit()
                        .withVerbs(
                            rule.getVerbs().stream().filter(verb -> !verb.equals("watch")).toList())
                        .build())
            .toList();
    controlPlane
        .admin()
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(WITHOUT_WATCH)
                .endMetadata()
                .withRules(rules)
                .build())
        .createOr(existing -> existing.update());
  }

  /** Grants the shipped rights in all namespaces. */
  void bindEverywhere() {
    controlPlane.admin().resource(everywhere()).create();
  }

  void unbindEverywhere() {
    controlPlane.admin().resource(everywhere()).delete();
  }

  private static ClusterRoleBinding everywhere() {
    return new ClusterRoleBindingBuilder()
        .withNewMetadata()
        .withName(ACCOUNT)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ROLE)
        .addNewSubject("", "ServiceAccount", ACCOUNT, OperatorFixture.OPERATOR_NAMESPACE)
        .build();
  }

  void unbind(String namespace) {
    controlPlane.admin().rbac().roleBindings().inNamespace(namespace).withName(ACCOUNT).delete();
  }
}
