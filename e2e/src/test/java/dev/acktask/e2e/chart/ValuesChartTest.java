package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The values that the chart accepts and refuses. */
class ValuesChartTest {
  private static final Chart CHART = Chart.ours();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                            | --set image.repository=REGISTRY/NAME",
        "{connections: {enabled: false}}               | Set the region of your tasks",
        "{region: cn-hangzhou}                         | on ACK --set rrsa.roleName=ROLE",
        "{region: cn-hangzhou, rrsa: {enabled: false, roleName: r}} | --set"
            + " credentials.existingSecret=SECRET",
        "{region: cn-hangzhou, rrsa: {roleName: r}, credentials: {existingSecret: s}} | leave one"
            + " of them out",
        "{region: cn-hangzhou, rrsa: {roleName: r}, replicaCount: 2, leaderElection: {enabled:"
            + " false}} | leaderElection.enabled=true",
        "{region: cn-hangzhou, rrsa: {roleName: r}, image: {repository: r/x}, serviceAccount:"
            + " {create: false}} | Set serviceAccount.name",
        "{region: cn-hangzhou, rrsa: {roleName: r}}    | --set image.repository=REGISTRY/NAME",
        "{region: cn-hangzhou, rrsa: {roleName: r}, serviceMonitor: {enabled: true}, podMonitor:"
            + " {enabled: true}} | leave one of them out",
        "{region: cn-hangzhou, rrsa: {roleName: r}, image: {repository: r/x}, caBundle: {secret:"
            + " {name: a}, configMap: {name: b}}} | Set one of caBundle.pem",
      })
  void shouldNameTheFixWhenTheValuesCannotWork(String values, String fix) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> CHART.render(values));

    assertTrue(refused.getMessage().contains(fix), refused::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region: CN Hangzhou            | region",
        "network: vpc                   | network",
        "regoin: cn-hangzhou            | regoin",
        "watchNamespaces: team-a        | watchNamespaces",
        "watchNamespaces: [Team]        | watchNamespaces",
        "watchLabelSelector: [a]        | watchLabelSelector",
        "watchLabelSelector: 'a; b'     | watchLabelSelector",
        "rrsa: {enabled: 'on'}          | enabled",
        "rrsa: {role: x}                | role",
        "caBundle: {pem: MIIB}          | pem",
        "caBundle: {secret: a}          | secret",
        "config: {pollInterval: 15s}    | pollInterval",
        "config: {callTimeout: 10}      | callTimeout",
        "config: {maxResponseBytes: 4Mi} | maxResponseBytes",
        "config: {maxConcurrentCalls: 0} | maxConcurrentCalls",
        "config: {logLevel: loud}       | logLevel",
        "image: {digest: latest}        | digest",
        "image: {repository: 'a b'}     | repository",
        "docsUrl: docs                  | docsUrl",
        "replicaCount: two              | replicaCount",
        "podLabels: {a: true}           | podLabels",
        "extraEnv: {A: b}               | extraEnv",
        "networkPolicy: {apiServerPorts: []} | apiServerPorts",
        "serviceMonitor: {interval: 30} | interval",
      })
  void shouldBeRefusedByTheSchemaWhenAValueIsWrong(String value, String named) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> CHART.render("{" + value + "}"));

    assertTrue(refused.getMessage().contains("schema"), refused::getMessage);
    assertTrue(refused.getMessage().contains(named), refused::getMessage);
  }

  @Test
  void shouldAcceptTheGlobalValuesOfAParentChart() {
    CHART.render(Chart.leastWith("global: {anything: {goes: true}}"));
  }
}
