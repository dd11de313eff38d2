package dev.acktask.operator;

import dev.acktask.operator.api.v1alpha1.AckTask;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** Fails in one line where the framework would fail in a hundred. */
final class AccessCheck {
  private AccessCheck() {}

  /**
   * @param namespaces empty means all
   */
  static void run(KubernetesClient kubernetes, List<String> namespaces) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    var tasks = kubernetes.resources(AckTask.class);
    if (namespaces.isEmpty()) {
      tasks.inAnyNamespace().list(one);
    } else {
      namespaces.forEach(namespace -> tasks.inNamespace(namespace).list(one));
    }
  }
}
