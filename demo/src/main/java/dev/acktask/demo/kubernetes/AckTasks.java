package dev.acktask.demo.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The AckTasks in the namespace of the demo, updated by an informer. */
public final class AckTasks implements AutoCloseable {
  static final ResourceDefinitionContext CONTEXT =
      new ResourceDefinitionContext.Builder()
          .withGroup("acktask.dev")
          .withVersion("v1alpha1")
          .withKind("AckTask")
          .withPlural("acktasks")
          .withNamespaced(true)
          .build();

  private final SharedIndexInformer<GenericKubernetesResource> informer;

  public AckTasks(KubernetesClient client) {
    this.informer =
        client.genericKubernetesResources(CONTEXT).inNamespace(KubernetesApi.NAMESPACE).inform();
  }

  /** The current objects, sorted by name. */
  public List<GenericKubernetesResource> now() {
    return informer.getStore().list().stream()
        .sorted(Comparator.comparing(task -> task.getMetadata().getName()))
        .toList();
  }

  /** True when the Settled condition of {@code task} is True: success or failure is final. */
  public static boolean settled(GenericKubernetesResource task) {
    return task.get("status", "conditions") instanceof List<?> conditions
        && conditions.stream()
            .anyMatch(
                condition ->
                    condition instanceof Map<?, ?> fields
                        && "Settled".equals(fields.get("type"))
                        && "True".equals(fields.get("status")));
  }

  @Override
  public void close() {
    informer.close();
  }
}
