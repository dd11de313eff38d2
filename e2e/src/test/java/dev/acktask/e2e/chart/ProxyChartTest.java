package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The network around the operator: proxies, name servers, host entries and DNS. */
class ProxyChartTest {
  private static final Chart CHART = Chart.ours();
  private static final String HTTPS = "https: 'http://proxy.example.com:3128'";

  @Test
  void shouldNameNoProxyByDefault() {
    assertEquals(Map.of(), proxies(CHART.render(Chart.LEAST)));
  }

  @Test
  void shouldReachTheApiServerDirectlyWhenThereIsAProxy() {
    assertEquals(
        Map.of(
            "HTTPS_PROXY",
            "http://proxy.example.com:3128",
            "NO_PROXY",
            "$(KUBERNETES_SERVICE_HOST),.svc,10.0.0.0/8"),
        proxies(render("proxy: {" + HTTPS + ", noProxy: [.svc, 10.0.0.0/8]}")));
  }

  @Test
  void shouldReachTheApiServerThroughTheProxyWhenAskedTo() {
    assertEquals(
        Map.of("HTTPS_PROXY", "http://proxy.example.com:3128"),
        proxies(render("proxy: {" + HTTPS + ", apiServer: true}")));
  }

  @Test
  void shouldTakeProxiesWithAPasswordFromASecret() {
    List<EnvVar> variables = pod(render("proxy: {existingSecret: acktask-proxy}")).env();

    Map<String, String> keys =
        variables.stream()
            .filter(variable -> variable.getName().matches("HTTPS?_PROXY"))
            .collect(
                Collectors.toMap(
                    EnvVar::getName,
                    variable ->
                        variable.getValueFrom().getSecretKeyRef().getName()
                            + "/"
                            + variable.getValueFrom().getSecretKeyRef().getKey()));
    assertEquals(
        Map.of("HTTPS_PROXY", "acktask-proxy/httpsProxy", "HTTP_PROXY", "acktask-proxy/httpProxy"),
        keys);
  }

  @Test
  void shouldLetTheNetworkPolicyReachTheProxy() {
    Rendered rendered = render("proxy: {" + HTTPS + "}");

    assertTrue(
        rendered.one(NetworkPolicy.class).getSpec().getEgress().stream()
            .flatMap(rule -> rule.getPorts().stream())
            .anyMatch(port -> Integer.valueOf(3128).equals(port.getPort().getIntVal())));
  }

  @Test
  void shouldPassNameServersAndHostEntriesOn() {
    PodSpec spec =
        pod(render(
                "dnsConfig: {nameservers: [192.0.2.53]},"
                    + " hostAliases: [{ip: 192.0.2.7, hostnames: [cs.example.com]}]"))
            .spec();

    assertEquals(List.of("192.0.2.53"), spec.getDnsConfig().getNameservers());
    assertEquals("192.0.2.7", spec.getHostAliases().get(0).getIp());
    assertEquals(List.of("cs.example.com"), spec.getHostAliases().get(0).getHostnames());
  }

  @Test
  void shouldReachDnsServersThatListenOnAnotherPortOfTheirPods() {
    NetworkPolicy policy =
        CHART.render(Chart.leastWith("networkPolicy: {enabled: true}")).one(NetworkPolicy.class);

    assertEquals(
        List.of("53/UDP", "53/TCP", "5353/UDP", "5353/TCP"),
        policy.getSpec().getEgress().get(0).getPorts().stream()
            .map(port -> port.getPort().getIntVal() + "/" + port.getProtocol())
            .toList());
  }

  private record Pod(PodSpec spec) {
    List<EnvVar> env() {
      return spec.getContainers().get(0).getEnv();
    }
  }

  private static Rendered render(String more) {
    return CHART.render(Chart.leastWith(more));
  }

  private static Pod pod(Rendered rendered) {
    return new Pod(rendered.one(Deployment.class).getSpec().getTemplate().getSpec());
  }

  private static Map<String, String> proxies(Rendered rendered) {
    return pod(rendered).env().stream()
        .filter(variable -> variable.getName().endsWith("_PROXY"))
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }
}
