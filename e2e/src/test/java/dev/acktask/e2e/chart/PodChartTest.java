package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods of the operator in the chart. */
class PodChartTest {
  private static final Chart CHART = Chart.ours();

  static List<Path> examples() {
    return CHART.examples();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldMeetTheRestrictedStandard(Path example) throws IOException {
    // when
    PodSpec pod = CHART.render(Files.readString(example)).pod().getSpec();
    Container container = pod.getContainers().get(0);

    // then
    assertTrue(pod.getSecurityContext().getRunAsNonRoot());
    assertNull(pod.getSecurityContext().getRunAsUser());
    assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
    assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
    assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
    assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
    assertFalse(pod.getEnableServiceLinks());
    assertEquals(
        container.getResources().getRequests().get("memory"),
        container.getResources().getLimits().get("memory"));
    assertEquals("/tmp", container.getVolumeMounts().get(0).getMountPath());
    Probe start = container.getStartupProbe();
    assertEquals("/startupz", start.getHttpGet().getPath());
    assertTrue(start.getPeriodSeconds() * start.getFailureThreshold() >= 600);
    assertEquals("/livez", container.getLivenessProbe().getHttpGet().getPath());
    assertEquals("/readyz", container.getReadinessProbe().getHttpGet().getPath());
  }

  @Test
  void shouldReplaceTheOnlyPodWithAGapWhenThereIsNoLease() {
    Rendered alone = CHART.render(Chart.leastWith("leaderElection: {enabled: false}"));

    assertEquals("Recreate", alone.one(Deployment.class).getSpec().getStrategy().getType());
    assertEquals(List.of(), alone.all(Role.class));
    assertEquals("false", alone.environment().get("ACKTASK_LEADER_ELECTION").getValue());
    assertFalse(alone.environment().containsKey("ACKTASK_LEASE_NAME"));
    assertEquals(
        "RollingUpdate",
        CHART.render(Chart.LEAST).one(Deployment.class).getSpec().getStrategy().getType());
  }

  @Test
  void shouldSpreadAndProtectTwoReplicasWhenAsked() throws IOException {
    // when
    Rendered two = CHART.render(Files.readString(CHART.example("high-availability")));

    // then
    Deployment deployment = two.one(Deployment.class);
    assertEquals(2, deployment.getSpec().getReplicas());
    assertEquals(
        List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
        two.pod().getSpec().getTopologySpreadConstraints().stream()
            .map(constraint -> constraint.getTopologyKey())
            .toList());
    PodDisruptionBudget budget = two.one(PodDisruptionBudget.class);
    assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
    assertEquals(deployment.getSpec().getSelector(), budget.getSpec().getSelector());
    assertEquals(
        List.of(),
        CHART
            .render(Chart.leastWith("podDisruptionBudget: {enabled: true}"))
            .all(PodDisruptionBudget.class),
        "one replica that may not be evicted would keep its node from being drained");
  }

  @Test
  void shouldPassExtraValuesOnWhenTheyAreGiven() throws IOException {
    // when
    Rendered rendered = CHART.render(Files.readString(CHART.example("everything")));

    // then
    PodSpec pod = rendered.pod().getSpec();
    Container container = pod.getContainers().get(0);
    assertTrue(rendered.environment().containsKey("OTEL_EXPORTER_OTLP_ENDPOINT"));
    assertEquals("-Xmx128m", rendered.environment().get("JDK_JAVA_OPTIONS").getValue());
    assertEquals("more", container.getEnvFrom().get(0).getConfigMapRef().getName());
    assertTrue(container.getVolumeMounts().stream().anyMatch(m -> m.getName().equals("more")));
    assertTrue(pod.getVolumes().stream().anyMatch(volume -> volume.getName().equals("more")));
    assertEquals("system-cluster-critical", pod.getPriorityClassName());
    assertEquals(1, pod.getTolerations().size());
    assertTrue(container.getImage().endsWith("@sha256:" + "0".repeat(64)), container::getImage);
    assertTrue(rendered.names().contains("ConfigMap/acktask-operator-more"), rendered::text);
    assertEquals("tasks-operator", rendered.one(Deployment.class).getMetadata().getName());
    assertEquals("tasks", pod.getServiceAccountName());
  }
}
