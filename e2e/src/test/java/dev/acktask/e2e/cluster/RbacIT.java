package dev.acktask.e2e.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rights that the API server grants to the shipped ServiceAccount: these and no others. */
@OnControlPlane
class RbacIT {
  private static final List<String> EVERYWHERE =
      List.of(
          "create events.k8s.io/events",
          "delete acktask.dev/acktasks",
          "get acktask.dev/ackconnections",
          "get acktask.dev/acktaskgates",
          "get acktask.dev/acktasks",
          "get acktask.dev/clusterackconnections",
          "list /namespaces",
          "list acktask.dev/ackconnections",
          "list acktask.dev/acktaskgates",
          "list acktask.dev/acktasks",
          "list acktask.dev/clusterackconnections",
          "update acktask.dev/ackconnections/status",
          "update acktask.dev/acktaskgates/status",
          "update acktask.dev/acktasks/status",
          "update acktask.dev/clusterackconnections/status",
          "watch /namespaces",
          "watch acktask.dev/ackconnections",
          "watch acktask.dev/acktaskgates",
          "watch acktask.dev/acktasks",
          "watch acktask.dev/clusterackconnections");

  private static final List<String> OWN_LEASE =
      List.of(
          "create coordination.k8s.io/leases",
          "get coordination.k8s.io/leases named acktask-operator",
          "patch coordination.k8s.io/leases named acktask-operator");

  @Test
  @Tag("F98")
  void shouldGrantOnlyWhatIsNeededWhenInstalled(ControlPlane controlPlane) {
    assertEquals(EVERYWHERE, rights(controlPlane, "default"));
  }

  @Test
  void shouldGrantOneLeaseWhenInTheNamespaceOfTheOperator(ControlPlane controlPlane) {
    List<String> expected =
        Stream.concat(EVERYWHERE.stream(), OWN_LEASE.stream()).sorted().toList();
    assertEquals(expected, rights(controlPlane, "acktask-system"));
  }

  private static List<String> rights(ControlPlane controlPlane, String namespace) {
    SelfSubjectRulesReviewBuilder question =
        new SelfSubjectRulesReviewBuilder().withNewSpec().withNamespace(namespace).endSpec();
    try (KubernetesClient operator =
        ControlPlane.client(controlPlane.kubeconfigFor("acktask-system", "acktask-operator"))) {
      return operator.resource(question.build()).create().getStatus().getResourceRules().stream()
          .filter(rule -> !isCommon(rule))
          .flatMap(
              rule ->
                  rule.getResources().stream()
                      .flatMap(
                          resource ->
                              rule.getVerbs().stream()
                                  .map(
                                      verb ->
                                          verb
                                              + " "
                                              + String.join(",", rule.getApiGroups())
                                              + "/"
                                              + resource
                                              + named(rule))))
          .sorted()
          .toList();
    }
  }

  /** Rights that every authenticated client has for itself. */
  private static boolean isCommon(ResourceRule rule) {
    return Set.of("authentication.k8s.io", "authorization.k8s.io").containsAll(rule.getApiGroups());
  }

  private static String named(ResourceRule rule) {
    return rule.getResourceNames().isEmpty()
        ? ""
        : " named " + String.join(",", rule.getResourceNames());
  }
}
