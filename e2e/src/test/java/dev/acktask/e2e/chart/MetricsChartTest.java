package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** Access to the two ports of the operator in the chart. */
class MetricsChartTest {
  private static final Chart CHART = Chart.ours();

  @Test
  void shouldLetInProbesButNoScrapeByDefault() {
    Rendered rendered = CHART.render(Chart.LEAST);

    List<NetworkPolicyIngressRule> allowed =
        rendered.one(NetworkPolicy.class).getSpec().getIngress();
    assertEquals(1, allowed.size());
    assertEquals(List.of(), allowed.get(0).getFrom());
    assertEquals("health", allowed.get(0).getPorts().get(0).getPort().getStrVal());
    Container container = container(rendered);
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
    assertTrue(
        CHART.render(Chart.LEAST).names().stream().noneMatch(name -> name.contains("metrics")));

    Rendered rendered =
        CHART.render(
            with("serviceMonitor: {enabled: true}, metrics: {authentication: {enabled: true}}"));

    assertEquals(
        "true",
        container(rendered).getEnv().stream()
            .filter(variable -> variable.getName().equals("ACKTASK_METRICS_AUTHENTICATION"))
            .map(EnvVar::getValue)
            .findFirst()
            .orElse(null));
    assertEquals(List.of("create"), verbs(rendered, "metrics-auth"));
    assertEquals(List.of("get"), verbs(rendered, "metrics-reader"));
    assertEquals(
        "/var/run/secrets/kubernetes.io/serviceaccount/token",
        rendered.one(ServiceMonitor.class).getSpec().getEndpoints().get(0).getBearerTokenFile());
    assertEquals(
        "prometheus-token",
        CHART
            .render(
                with(
                    "serviceMonitor: {enabled: true}, metrics: {authentication: {enabled: true,"
                        + " tokenSecret: {name: prometheus-token}}}"))
            .one(ServiceMonitor.class)
            .getSpec()
            .getEndpoints()
            .get(0)
            .getAuthorization()
            .getCredentials()
            .getName());
  }

  private static Container container(Rendered rendered) {
    return rendered.one(Deployment.class).getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  static String with(String more) {
    return Chart.LEAST.replaceFirst("}$", ", " + Matcher.quoteReplacement(more) + "}");
  }

  private static List<String> verbs(Rendered rendered, String role) {
    return rendered.all(ClusterRole.class).stream()
        .filter(object -> object.getMetadata().getName().endsWith("-" + role))
        .flatMap(object -> object.getRules().get(0).getVerbs().stream())
        .toList();
  }
}
