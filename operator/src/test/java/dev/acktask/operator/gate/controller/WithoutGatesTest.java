package dev.acktask.operator.gate.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.framework.FrameworkSettings;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.metrics.OperatorMetrics;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * An operator whose cluster has no gates, or that may not list them. The mock API server answers
 * with 404 unless something else is expected.
 */
@EnableKubernetesMockClient
final class WithoutGatesTest {
  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void shouldRunWhenTheKindIsNotInstalled() {
    assertRuns(List.of());
    assertRuns(List.of("shop", "pay"));
  }

  @Test
  void shouldRunWhenTheKindIsForbidden() {
    server
        .expect()
        .get()
        .withPath("/apis/acktask.dev/v1alpha1/namespaces/shop/acktaskgates?limit=1")
        .andReturn(
            HttpURLConnection.HTTP_FORBIDDEN,
            new StatusBuilder().withCode(HttpURLConnection.HTTP_FORBIDDEN).build())
        .always();

    assertRuns(List.of("shop"));
  }

  private void assertRuns(List<String> namespaces) {
    ClusterLists lists = new ClusterLists(System::nanoTime);
    GateControllers controllers =
        new GateControllers(
            client,
            new FakeGateTasks(),
            new FakeDiscoveries(),
            lists,
            new GateReporting(
                (object, events) -> {},
                () -> true,
                new ReconcileGuard(
                    new ReconcileTracker(System::nanoTime), OperatorMetrics.NONE, () -> {}),
                Clock.systemUTC()));
    Operator operator =
        FrameworkSettings.operator(client, Executors.newFixedThreadPool(1), Metrics.NOOP, () -> {});
    controllers.register(operator, namespaces, "");
    controllers.start();
    controllers.watch(Set.copyOf(namespaces));
    lists.swept(Gates.id("all"), SweepResults.eu().tasks(1, "c1"));
    controllers.discoveriesStarted();

    assertEquals(0, operator.getRegisteredControllersNumber());
    assertEquals(List.of(), controllers.known());
    assertEquals(List.of(), controllers.cacheChecks(client, Duration.ofSeconds(1)));
    controllers.stop();
  }
}
