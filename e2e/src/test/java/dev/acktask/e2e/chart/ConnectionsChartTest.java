package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rights of the operator for connections: exactly these for each way to give credentials. */
class ConnectionsChartTest {
  private static final Chart CHART = Chart.ours();
  private static final String IN_TWO = "watchNamespaces: [team-a, team-b], ";

  private static final List<String> TASKS =
      List.of(
          "get list watch delete acktask.dev/acktasks",
          "update acktask.dev/acktasks/status",
          "create events.k8s.io/events",
          "get list watch acktask.dev/acktaskgates",
          "update acktask.dev/acktaskgates/status");
  private static final List<String> TASKS_AND_CONNECTIONS =
      Stream.concat(
              TASKS.stream(),
              Stream.of(
                  "get list watch acktask.dev/ackconnections",
                  "update acktask.dev/ackconnections/status"))
          .toList();
  private static final List<String> CLUSTER_CONNECTIONS =
      List.of(
          "get list watch acktask.dev/clusterackconnections",
          "update acktask.dev/clusterackconnections/status",
          "list watch /namespaces");
  private static final List<String> ANY_SECRET = List.of("get /secrets");

  /** Values of every way to give credentials. */
  static List<String> ways() {
    return List.of(
        "connections: {enabled: true}",
        "connections: {enabled: false}",
        "connections: {cluster: false}",
        IN_TWO + "connections: {cluster: true}",
        "connections: {secrets: {own: [shared]}}",
        IN_TWO + "connections: {secrets: {own: [shared], namespaces: [team-a]}}",
        "connections: {secrets: {allNamespaces: true}}");
  }

  @Test
  void shouldServeConnectionsAndReadNoSecretByDefault() {
    assertEquals(
        Map.of(
            "everywhere: acktask-operator", TASKS_AND_CONNECTIONS,
            "everywhere: acktask-operator-cluster", CLUSTER_CONNECTIONS),
        OperatorRights.of(CHART.render(Chart.LEAST)));
  }

  @Test
  void shouldGrantNoRightToConnectionsWhenTheyAreOff() {
    Rendered rendered =
        CHART.render(
            Chart.leastWith(
                "crds: {enabled: false}, connections: {enabled: false, cluster: true, secrets:"
                    + " {own: [a], namespaces: [b]}}"));

    assertEquals(Map.of("everywhere: acktask-operator", TASKS), OperatorRights.of(rendered));
    assertFalse(rendered.text().contains("ackconnections"), rendered.text());
  }

  @Test
  void shouldGrantNoRightInTheClusterWhenNamespacesAreGiven() {
    assertEquals(
        Map.of(
            "team-a: acktask-operator", TASKS_AND_CONNECTIONS,
            "team-b: acktask-operator", TASKS_AND_CONNECTIONS),
        OperatorRights.of(CHART.render(Chart.leastWith(IN_TWO + "connections: {enabled: true}"))));
  }

  /** Events of cluster-scoped objects are in the namespace default. */
  @ParameterizedTest
  @CsvSource({"true", "'\"true\"'"})
  void shouldGrantTheSmallClusterRoleInNamespacesWhenClusterIsTrue(String value) {
    assertEquals(
        Map.of(
            "team-a: acktask-operator", TASKS_AND_CONNECTIONS,
            "team-b: acktask-operator", TASKS_AND_CONNECTIONS,
            "everywhere: acktask-operator-cluster", CLUSTER_CONNECTIONS,
            "default: acktask-operator-cluster", List.of("create events.k8s.io/events")),
        OperatorRights.of(
            CHART.render(Chart.leastWith(IN_TWO + "connections: {cluster: " + value + "}"))));
  }

  @Test
  void shouldLeaveClusterConnectionsOutWhenClusterIsFalse() {
    assertEquals(
        Map.of("everywhere: acktask-operator", TASKS_AND_CONNECTIONS),
        OperatorRights.of(CHART.render(Chart.leastWith("connections: {cluster: false}"))));
  }

  @Test
  void shouldGrantOwnSecretsByTheirNamesOnly() {
    assertEquals(
        Map.of("acktask-system: acktask-operator-secrets", List.of("get /secrets named a,b")),
        secrets("connections: {secrets: {own: [a, b]}}"));
  }

  @Test
  void shouldGrantSecretsInTheGivenNamespacesOnly() {
    assertEquals(
        Map.of(
            "team-a: acktask-operator-secrets", ANY_SECRET,
            "team-b: acktask-operator-secrets", ANY_SECRET,
            "acktask-system: acktask-operator-secrets", List.of("get /secrets named a")),
        secrets("connections: {secrets: {own: [a], namespaces: [team-a, team-b]}}"));
  }

  @Test
  void shouldGrantTheReleaseNamespaceOnceWhenItIsAlsoGiven() {
    assertEquals(
        Map.of("acktask-system: acktask-operator-secrets", ANY_SECRET),
        secrets("connections: {secrets: {own: [a], namespaces: [acktask-system]}}"));
  }

  @Test
  void shouldGrantSecretsEverywhereOnlyWhenAllNamespacesIsTrue() {
    assertEquals(
        Map.of("everywhere: acktask-operator-secrets", ANY_SECRET),
        secrets("connections: {secrets: {allNamespaces: true}}"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void shouldNeverListSecretsNorRequestTokensNorUseAWildcard(String values) {
    for (PolicyRule rule : OperatorRights.rules(CHART.render(Chart.leastWith(values)))) {
      String text = OperatorRights.text(rule);
      assertFalse(text.contains("*"), text);
      assertFalse(text.contains("serviceaccounts"), text);
      assertFalse(text.matches(".*\\b(escalate|bind|impersonate)\\b.*"), text);
      if (rule.getResources().contains("secrets")) {
        assertEquals(List.of("secrets"), rule.getResources());
        assertEquals(List.of("get"), rule.getVerbs());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connections: {secrets: {allNamespaces: true, own: [a]}}        | leave one of them out",
        "connections: {secrets: {allNamespaces: true, namespaces: [a]}} | leave one of them out",
        "watchNamespaces: [a], connections: {secrets: {allNamespaces: true}}"
            + " | set connections.secrets.namespaces instead",
        "connections: {cluster: sometimes}                | cluster",
        "connections: {secrets: {own: a}}                 | own",
        "connections: {secrets: {own: [A_B]}}             | own",
        "connections: {secrets: {namespaces: ['*']}}      | namespaces",
        "connections: {secrets: {allNamespaces: 'yes'}}   | allNamespaces",
        "connections: {secret: {}}                        | secret",
      })
  void shouldNameTheFixWhenTheValuesCannotWork(String values, String fix) {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> CHART.render(Chart.leastWith(values.strip())));

    assertTrue(refused.getMessage().contains(fix), refused::getMessage);
  }

  /** Without the roles that every mode has. */
  private static Map<String, List<String>> secrets(String values) {
    Map<String, List<String>> granted = OperatorRights.of(CHART.render(Chart.leastWith(values)));
    assertEquals(TASKS_AND_CONNECTIONS, granted.remove("everywhere: acktask-operator"));
    assertEquals(CLUSTER_CONNECTIONS, granted.remove("everywhere: acktask-operator-cluster"));
    return granted;
  }
}
