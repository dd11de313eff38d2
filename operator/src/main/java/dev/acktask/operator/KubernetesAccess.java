package dev.acktask.operator;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.controller.AckTaskController;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;

/** The way to the API server of the current kube context. */
final class KubernetesAccess {
  private KubernetesAccess() {}

  /**
   * A client whose requests take {@code timeout} at most, and are repeated {@code retries} times.
   */
  static KubernetesClient client(Duration timeout, int retries) {
    Config settings =
        new ConfigBuilder(Config.autoConfigure(null))
            .withRequestTimeout((int) timeout.toMillis())
            .withConnectionTimeout((int) timeout.toMillis())
            .withRequestRetryBackoffLimit(retries)
            // With HTTP/2 all requests would share one connection, and its silent death.
            .withHttp2Disable(true)
            .withUserAgent(AckTaskController.FIELD_MANAGER)
            .build();
    return new KubernetesClientBuilder().withConfig(settings).build();
  }

  /**
   * Fails in one line where the framework would fail in a hundred.
   *
   * @param namespaces empty means all
   */
  static void check(KubernetesClient kubernetes, List<String> namespaces) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    var tasks = kubernetes.resources(AckTask.class);
    if (namespaces.isEmpty()) {
      tasks.inAnyNamespace().list(one);
    } else {
      namespaces.forEach(namespace -> tasks.inNamespace(namespace).list(one));
    }
  }
}
