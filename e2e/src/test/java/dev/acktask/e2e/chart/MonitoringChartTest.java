package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.Endpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The objects for the Prometheus Operator and Grafana in the chart. */
class MonitoringChartTest {
  private static final Chart CHART = Chart.ours();

  @Test
  void shouldServeKubePrometheusStackWhenAsked() throws IOException {
    // when
    Rendered rendered = CHART.render(Files.readString(CHART.example("monitoring")));

    // then
    ServiceMonitor monitor = rendered.one(ServiceMonitor.class);
    assertEquals("monitoring", monitor.getMetadata().getLabels().get("release"));
    Endpoint endpoint = monitor.getSpec().getEndpoints().get(0);
    assertTrue(endpoint.getHonorLabels());
    assertEquals("job", endpoint.getRelabelings().get(0).getTargetLabel());
    assertEquals("acktask-operator", endpoint.getRelabelings().get(0).getReplacement());
    assertEquals(
        rendered.one(Deployment.class).getSpec().getSelector(), monitor.getSpec().getSelector());
    PrometheusRule rules = rendered.one(PrometheusRule.class);
    assertEquals("monitoring", rules.getMetadata().getLabels().get("release"));
    assertEquals(
        Serialization.unmarshal(
            CHART.read("files/rules/acktask.rules.yaml"), PrometheusRuleSpec.class),
        rules.getSpec());
    ConfigMap dashboard = rendered.one(ConfigMap.class);
    assertEquals("1", dashboard.getMetadata().getLabels().get("grafana_dashboard"));
    assertEquals(
        Serialization.unmarshal(CHART.read("files/dashboards/acktask.json"), Map.class),
        Serialization.unmarshal(dashboard.getData().get("acktask.json"), Map.class));
    NetworkPolicy policy = rendered.one(NetworkPolicy.class);
    assertEquals(List.of("Ingress", "Egress"), policy.getSpec().getPolicyTypes());
    NetworkPolicyIngressRule metrics = policy.getSpec().getIngress().get(1);
    assertEquals("http", metrics.getPorts().get(0).getPort().getStrVal());
    assertEquals(1, metrics.getFrom().size());
  }

  @Test
  void shouldScrapeThePodsWhenAPodMonitorIsEnabled() {
    // when
    Rendered rendered =
        CHART.render(
            Chart.leastWith(
                "podMonitor: {enabled: true, additionalLabels: {release: monitoring}}"));

    // then
    PodMonitor monitor = rendered.one(PodMonitor.class);
    assertEquals("monitoring", monitor.getMetadata().getLabels().get("release"));
    assertEquals(
        rendered.one(Deployment.class).getSpec().getSelector(), monitor.getSpec().getSelector());
    PodMetricsEndpoint endpoint = monitor.getSpec().getPodMetricsEndpoints().get(0);
    assertEquals("http", endpoint.getPort());
    assertTrue(endpoint.getHonorLabels());
    assertEquals("acktask-operator", endpoint.getRelabelings().get(0).getReplacement());
    assertEquals(List.of(), rendered.all(ServiceMonitor.class));
  }
}
