package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Access to the two ports of the operator in the chart. */
class MetricsChartTest {
  private static final Chart CHART = Chart.ours();

  @Test
  void shouldLetInProbesButNoScrapeByDefault() {
    // when
    Rendered rendered = CHART.render(Chart.LEAST);

    // then
    List<NetworkPolicyIngressRule> allowed =
        rendered.one(NetworkPolicy.class).getSpec().getIngress();
    assertEquals(1, allowed.size());
    assertEquals(List.of(), allowed.get(0).getFrom());
    assertEquals("health", allowed.get(0).getPorts().get(0).getPort().getStrVal());
    Container container = rendered.container();
    for (Probe probe :
        List.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())) {
      assertEquals("health", probe.getHttpGet().getPort().getStrVal());
    }
    List<ServicePort> served = rendered.one(Service.class).getSpec().getPorts();
    assertEquals(1, served.size());
    assertEquals("http", served.get(0).getTargetPort().getStrVal());
  }

  @Test
  void shouldGiveTheRightToReviewTokensOnlyWhenMetricsNeedOne() {
    // when
    Rendered rendered =
        CHART.render(
            Chart.leastWith(
                "serviceMonitor: {enabled: true}, metrics: {authentication: {enabled: true}}"));

    // then
    assertEquals(
        "true",
        rendered.container().getEnv().stream()
            .filter(variable -> variable.getName().equals("ACKTASK_METRICS_AUTHENTICATION"))
            .map(EnvVar::getValue)
            .findFirst()
            .orElse(null));
    assertEquals(List.of("create"), rendered.verbs("metrics-auth"));
    assertEquals(List.of("get"), rendered.verbs("metrics-reader"));
    assertEquals(
        "/var/run/secrets/kubernetes.io/serviceaccount/token",
        rendered.one(ServiceMonitor.class).getSpec().getEndpoints().get(0).getBearerTokenFile());
    assertEquals(
        "prometheus-token",
        CHART
            .render(
                Chart.leastWith(
                    "serviceMonitor: {enabled: true}, metrics: {authentication: {enabled: true,"
                        + " tokenSecret: {name: prometheus-token}}}"))
            .one(ServiceMonitor.class)
            .getSpec()
            .getEndpoints()
            .get(0)
            .getAuthorization()
            .getCredentials()
            .getName());
    assertTrue(
        CHART.render(Chart.LEAST).names().stream().noneMatch(name -> name.contains("metrics")));
  }
}
