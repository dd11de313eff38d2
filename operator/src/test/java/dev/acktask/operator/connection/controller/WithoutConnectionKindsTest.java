package dev.acktask.operator.connection.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionEvaluator;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.Connections;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.connection.Resolution;
import dev.acktask.operator.framework.FrameworkSettings;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.kubernetes.NamespaceWatch;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.task.TaskLookup;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An operator whose cluster has no kinds of connections, or that may not list them. The mock API
 * server answers with 404 unless something else is expected.
 */
@EnableKubernetesMockClient
final class WithoutConnectionKindsTest {
  KubernetesMockServer server;
  KubernetesClient client;

  private final Connection builtIn =
      Connections.builtIn(
          task -> new TaskLookup.Unchanged(),
          new RequestBudget(600, 10, System::nanoTime),
          System::nanoTime);
  private final ConnectionResolver connections = ConnectionResolver.of(builtIn);

  @Test
  void shouldRunWithTheBuiltInConnectionWhenTheKindsAreNotInstalled() {
    assertRuns(List.of());
    assertRuns(List.of("shop", "pay"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clusterackconnections?limit=1",
        "ackconnections?limit=1",
        "namespaces/shop/ackconnections?limit=1"
      })
  void shouldRunWithTheBuiltInConnectionWhenAKindIsForbidden(String path) {
    server
        .expect()
        .get()
        .withPath("/apis/acktask.dev/v1alpha1/" + path)
        .andReturn(
            HttpURLConnection.HTTP_FORBIDDEN,
            new StatusBuilder().withCode(HttpURLConnection.HTTP_FORBIDDEN).build())
        .always();

    assertRuns(path.startsWith("namespaces") ? List.of("shop") : List.of());
  }

  private void assertRuns(List<String> namespaces) {
    ConnectionControllers controllers = controllers();
    Operator operator =
        FrameworkSettings.operator(client, Executors.newFixedThreadPool(1), Metrics.NOOP, () -> {});
    controllers.register(operator, namespaces);
    controllers.start();
    controllers.watch(Set.copyOf(namespaces));

    assertEquals(0, operator.getRegisteredControllersNumber());
    assertEquals(List.of(), controllers.known());
    assertInstanceOf(Resolution.Resolved.class, connections.resolve("shop", null));
    controllers.stop();
  }

  private ConnectionControllers controllers() {
    return new ConnectionControllers(
        client,
        connections,
        new NamespaceWatch(
            new KubernetesClientBuilder().withConfig(client.getConfiguration()).build(), () -> {}),
        new ConnectionReporting(
            new ConnectionEvaluator(Optional.empty()),
            new ConnectionTaskCounter(List::of, connections, System::nanoTime),
            (object, events) -> {},
            () -> true,
            new ReconcileGuard(
                new ReconcileTracker(System::nanoTime), OperatorMetrics.NONE, () -> {}),
            Clock.systemUTC()));
  }
}
