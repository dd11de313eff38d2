package dev.acktask.e2e.plugin;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.Kubectl;
import dev.acktask.e2e.examples.Manifests;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code kubectl acktask} of a ServiceAccount with the given rights on AckTasks and gates. */
record PluginOnCluster(Kubectl kubectl, String namespace) {
  PluginOnCluster {
    Program.required("jq");
  }

  /** As administrator. */
  static PluginOnCluster asAdmin(OperatorFixture fixture) {
    ControlPlane controlPlane = fixture.controlPlane();
    return new PluginOnCluster(
        controlPlane.kubectlAs(controlPlane.adminKubeconfig()), fixture.tasks().namespace());
  }

  /**
   * As {@code account}, with the rights in {@code manifest}, both in the namespace of the fixture.
   */
  static PluginOnCluster withRightsOf(Path manifest, OperatorFixture fixture, String account)
      throws IOException {
    String namespace = fixture.tasks().namespace();
    ControlPlane controlPlane = fixture.controlPlane();
    for (GenericKubernetesResource object : Manifests.read(manifest)) {
      object.getMetadata().setNamespace(namespace);
      controlPlane.admin().resource(object).create();
    }
    return new PluginOnCluster(
        controlPlane.kubectlAs(controlPlane.kubeconfigFor(namespace, account)), namespace);
  }

  static PluginOnCluster as(OperatorFixture fixture, String account, String... verbs) {
    ControlPlane controlPlane = fixture.controlPlane();
    String namespace = fixture.tasks().namespace();
    controlPlane
        .admin()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(account)
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .create();
    controlPlane
        .admin()
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(account)
                .withNamespace(namespace)
                .endMetadata()
                .withRules(
                    new PolicyRuleBuilder()
                        .withApiGroups("acktask.dev")
                        .withResources("acktasks", "acktaskgates")
                        .withVerbs(List.of(verbs))
                        .build())
                .build())
        .create();
    controlPlane
        .admin()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(account)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", account)
                .addNewSubject(null, "ServiceAccount", account, namespace)
                .build())
        .create();
    return new PluginOnCluster(
        controlPlane.kubectlAs(controlPlane.kubeconfigFor(namespace, account)), namespace);
  }

  /** Runs it in the namespace of the fixture. */
  CommandResult run(String... arguments) {
    return kubectl.runPlugin(
        Plugin.SCRIPT.getParent(),
        Stream.of(Stream.of("acktask"), Stream.of(arguments), Stream.of("--namespace", namespace))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }
}
