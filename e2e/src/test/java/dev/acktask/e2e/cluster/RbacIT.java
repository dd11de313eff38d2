package dev.acktask.e2e.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rights of the shipped ServiceAccount, as the API server sees them: these and no others. */
@OnControlPlane
class RbacIT {
  @Test
  void shouldGrantOnlyWhatIsNeededWhenInstalled(ControlPlane controlPlane) {
    // given
    SelfSubjectRulesReviewBuilder question =
        new SelfSubjectRulesReviewBuilder().withNewSpec().withNamespace("default").endSpec();
    List<String> rights;

    // when
    try (KubernetesClient operator =
        ControlPlane.client(controlPlane.kubeconfigFor("acktask-system", "acktask-operator"))) {
      rights =
          operator.resource(question.build()).create().getStatus().getResourceRules().stream()
              .filter(rule -> !ofEverybody(rule))
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
                                                  + resource)))
              .sorted()
              .toList();
    }

    // then
    assertEquals(
        List.of(
            "create events.k8s.io/events",
            "get acktask.dev/acktasks",
            "list acktask.dev/acktasks",
            "update acktask.dev/acktasks/status",
            "watch acktask.dev/acktasks"),
        rights);
  }

  /** What every authenticated client may ask about itself. */
  private static boolean ofEverybody(ResourceRule rule) {
    return Set.of("authentication.k8s.io", "authorization.k8s.io").containsAll(rule.getApiGroups());
  }
}
