package dev.acktask.e2e.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.chart.Chart;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The discoveries of a release, and the rights of the operator for them, on a real API server. */
@OnControlPlane
class DiscoveryReleaseIT {
  private static final String WITH_ONE =
      "watchNamespaces: [%s], discovery: {enabled: true, objects: [{name: all-clusters, spec:"
          + " {clusters: {all: true}, limit: %d}}]}";

  private final ControlPlane controlPlane;

  DiscoveryReleaseIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** A discovery that is deleted and created again has no watermarks. */
  @Test
  void shouldKeepTheDiscoveryAndItsStatusWhenUpgradedAndUninstalled() {
    try (Installation installation = Installation.prepare(controlPlane, "discovery")) {
      // given
      String own = installation.namespace();
      install(installation, WITH_ONE.formatted(own, 5));
      String uid = field(own, "{.metadata.uid}");
      controlPlane
          .kubectl(
              "patch",
              "ackd",
              "all-clusters",
              "-n",
              own,
              "--subresource=status",
              "--type=merge",
              "-p",
              "{\"status\": {\"clusters\": 3}}")
          .orThrow();

      // when
      upgrade(installation, WITH_ONE.formatted(own, 6));
      String changed = field(own, "{.metadata.uid} {.status.clusters} {.spec.limit}");
      upgrade(installation, "watchNamespaces: [" + own + "]");
      String removed = field(own, "{.metadata.uid} {.status.clusters}");
      installation.release().uninstall();

      // then
      assertEquals(uid + " 3 6", changed);
      assertEquals(uid + " 3", removed);
      assertEquals(uid + " 3", field(own, "{.metadata.uid} {.status.clusters}"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, create, acktasks, yes",
    "true, update, acktasks, no",
    "true, patch, acktasks, yes",
    "true, watch, acktaskdiscoveries, yes",
    "true, update, acktaskdiscoveries/status, yes",
    "true, update, acktaskdiscoveries, no",
    "true, create, acktaskdiscoveries, no",
    "false, create, acktasks, no",
    "false, list, acktaskdiscoveries, no"
  })
  void shouldGrantTheOperator(boolean enabled, String verb, String resource, String expected) {
    try (Installation installation = Installation.prepare(controlPlane, "discovery")) {
      String own = installation.namespace();
      String other = controlPlane.createNamespace("discovery-other");
      install(
          installation, "watchNamespaces: [%s], discovery: {enabled: %s}".formatted(own, enabled));

      assertEquals(expected, mayDo(installation.user(), verb, resource, own));
      assertEquals("no", mayDo(installation.user(), verb, resource, other));
      installation.release().uninstall();
    }
  }

  private static void install(Installation installation, String values) {
    installation.release().install(Chart.ours().folder(), installation.values(values));
  }

  private static void upgrade(Installation installation, String values) {
    installation.release().upgrade(Chart.ours().folder(), installation.values(values));
  }

  private String field(String namespace, String path) {
    return controlPlane
        .kubectl("get", "ackd", "all-clusters", "-n", namespace, "-o=jsonpath=" + path)
        .orThrow();
  }

  private String mayDo(String user, String verb, String resource, String namespace) {
    List<String> parts = List.of(resource.split("/", 2));
    return controlPlane
        .kubectl(
            "auth",
            "can-i",
            verb,
            parts.get(0) + ".acktask.dev",
            "--subresource=" + (parts.size() == 2 ? parts.get(1) : ""),
            "--as=" + user,
            "-n",
            namespace)
        .stdout()
        .strip();
  }
}
