package dev.acktask.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(https = false)
final class KubernetesAccessTest {
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/ns/leases/acktask-operator";

  KubernetesMockServer server;
  private Map<String, String> settings = Map.of();

  @BeforeEach
  void configure() {
    settings =
        Map.of(
            Config.KUBERNETES_MASTER_SYSTEM_PROPERTY, server.url("/"),
            Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, "false",
            Config.KUBERNETES_AUTH_TRYSERVICEACCOUNT_SYSTEM_PROPERTY, "false");
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void restore() {
    settings.keySet().forEach(System::clearProperty);
  }

  @Test
  void shouldReadTheLeaseWhileVirtualThreadsUseEveryProcessor() throws Exception {
    server.expect().get().withPath(LEASE).andReturn(200, new Lease()).always();
    try (KubernetesClient client = KubernetesAccess.leasing(Duration.ofSeconds(60))) {
      var lease = client.leases().inNamespace("ns").withName("acktask-operator");
      BusyCarriers busy = new BusyCarriers();
      try {
        assertEquals(new Lease(), lease.get());
      } finally {
        busy.close();
      }
    }
  }
}
